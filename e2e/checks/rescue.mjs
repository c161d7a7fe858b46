// A rescued archive: closed at first, opened by its keeper, and its old addresses answered.

import { check, journey } from '../lib/report.mjs';
import { open } from '../lib/browser.mjs';
import { ran } from '../lib/program.mjs';
import { archive } from '../lib/archive.mjs';

export async function rescue(browser, address, folder) {
	const dump = archive(folder);
	for (const scripts of [false, true]) {
		const name = `rescue ${scripts ? 'with' : 'without'} scripts`;
		await journey(name, async () => {
			const told = await ran(['import', dump, '--data', folder, '--report', `${folder}/report`]);
			check(`${name}: one command brings it in`, told.code === 0, told.text);
			const page = await open(browser, address, { width: 1280, javaScriptEnabled: scripts });
			try {
				await walk(page, (what, ok, seen) => check(`${name}: ${what}`, ok, seen));
			} finally {
				await page.context().close();
			}
		});
	}
}

async function walk(page, claim) {
	const main = () => page.locator('main').innerText();
	const press = name => page.getByRole('button', { name }).click();

	await page.goto('/import');
	await page.getByRole('link', { name: 'The Lamplight Archive' }).click();
	claim('it has a page of its own', (await main()).includes('Only people who are signed in see this archive'), await main());
	claim('its counts are compared', await page.locator('table.sheet tbody tr').count() > 3, await main());

	page.expected.push(/422/, /404/);
	await press('Open 2 works');
	claim('it is not opened without saying so', (await main()).includes('There is a problem'), await main());
	await page.locator('#sure').check();
	await press('Open 2 works');
	claim('everybody sees it', (await main()).includes('Everybody sees this archive'), await main());

	await page.getByRole('link', { name: 'Rules' }).click();
	claim('its pages are as they were', (await main()).includes('Be kind to each other.'), await main());
	for (const [old, heading] of [
		['/efic/viewstory.php?sid=12', 'The Lamp Oil'], ['/viewstory.php?sid=12&chapter=2', 'Morning'],
		['/viewuser.php?uid=7', 'Wren Tolliver'], ['/viewseries.php?seriesid=3', 'Evenings'],
		['/reviews.php?type=ST&item=12', 'The Lamp Oil'], ['/viewpage.php?page=rules', 'Rules'],
	]) {
		const answer = await page.goto(old);
		claim(`${old} leads on`, answer.status() === 200 && answer.request().redirectedFrom() !== null && (await main()).includes(heading), `${answer.status()} ${page.url()}\n${await main()}`);
	}
	claim('what never was is nowhere', (await page.goto('/viewstory.php?sid=999')).status() === 404);

	await page.goto('/viewstory.php?sid=12');
	claim('reviews stand on the page of the work', (await main()).includes('Lovely, lovely.') && (await main()).includes('The author answered'), await main());
	await page.goto('/import');
	await page.getByRole('link', { name: 'The Lamplight Archive' }).click();
	await press('Close it to visitors again');
	claim('and it is closed again', (await main()).includes('Only people who are signed in see this archive'), await main());
}
