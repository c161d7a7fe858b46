// Two copies of a story: compared, kept apart, united, and what the other knew better accepted.

import { check, journey } from '../lib/report.mjs';
import { open } from '../lib/browser.mjs';
import { copy } from '../lib/files.mjs';
import { bring } from '../lib/visits.mjs';

export async function copies(browser, address) {
	for (const scripts of [false, true]) {
		const name = `copies ${scripts ? 'with' : 'without'} scripts`;
		await journey(name, async () => {
			const page = await open(browser, address, { width: 1280, javaScriptEnabled: scripts });
			try {
				await walk(page, address, scripts, (what, ok, seen) => check(`${name}: ${what}`, ok, seen));
			} finally {
				await page.context().close();
			}
		});
	}
}

async function walk(page, address, scripts, claim) {
	const [who, seed] = scripts ? ['Maren', 7] : ['Ashby', 11]; // two pairs, unlike each other
	const main = () => page.locator('main').innerText();
	const read = async () => (await (await page.request.get(`/api/v1${work}/chapters/1`)).json()).html;
	const press = name => page.getByRole('button', { name }).click();

	await page.goto(await bring(address, copy(`The Light ${who} Lost`, seed, false)));
	const work = await page.locator('li.receipt a.title').first().getAttribute('href');
	await page.goto(await bring(address, copy(`The Light ${who} Kept`, seed, true)));
	const other = await page.locator('li.receipt a.title').first().getAttribute('href');
	claim('the second is told as a duplicate', (await main()).includes('Another copy') && (await main()).includes('compare them and choose'), await main());

	await page.goto(work);
	await page.getByRole('link', { name: 'Compare 1 copy' }).click();
	claim('they are the same story', (await main()).includes('The same story'), await main());
	await page.getByRole('link', { name: /^Compare with/ }).click();
	claim('what differs is shown', await page.locator('.differences ins em').count() === 1 && await page.locator('.differences ins .glyph, .differences ins').count() >= 2, await main());
	await press('Two works: keep both');
	claim('both are kept', (await main()).includes('You keep both.'), await main());
	await page.goto(work);
	await page.getByRole('link', { name: '1 copy kept apart' }).click();
	await page.getByRole('link', { name: /^Compare with/ }).click();
	await press('Ask me again');
	await page.getByRole('link', { name: /^Compare with/ }).click();
	await press('One work: keep this text');

	claim('uniting leads to what the other knew better', page.url().includes(`${work}/review`) && (await main()).includes('They are one work now.'), await main());
	claim('nothing is healed yet', !(await read()).includes('<em>') && !(await read()).includes('<hr>'), await read());
	const italics = page.locator('.entries li', { hasText: 'believed' }).filter({ hasText: `from ${copy(`The Light ${who} Kept`, seed, true).name}` });
	claim('the suggestion says where it is from', await italics.count() === 1, await main());
	for (const box of await page.locator('.entries input[name=on]').all()) await box.uncheck();
	await italics.locator('input').check();
	await press('Save these');
	claim('one is accepted', (await read()).includes('<em>believed</em>') && !(await read()).includes('<hr>'), await read());
	await page.locator('.entries li', { hasText: 'believed' }).locator('input').uncheck();
	await press('Save these');
	claim('and undone', !(await read()).includes('<em>'), await read());
	page.expected.push(/404/);
	claim('the other address is gone', (await page.goto(other)).status() === 404);
	await page.goto(`${work}/record`);
	claim('the files of both are kept', await page.locator('a[href*="/originals/"]').count() === 2, await main());
	await page.locator('#sure').check();
	await press('Remove this work');
}
