// Deciding about mends: one accepted, one undone, all undone, by ticks and by keys.

import { check, journey } from '../lib/report.mjs';
import { open } from '../lib/browser.mjs';
import { damaged } from '../lib/files.mjs';

export async function review(browser, address) {
	for (const scripts of [false, true]) {
		const name = `review ${scripts ? 'with' : 'without'} scripts`;
		await journey(name, async () => {
			const page = await open(browser, address, { width: 1280, javaScriptEnabled: scripts });
			const claim = (what, ok, seen) => check(`${name}: ${what}`, ok, seen);
			try {
				await walk(page, claim, scripts, await bring(page, scripts));
			} finally {
				await page.context().close();
			}
		});
	}
}

/** Brings a damaged text in and returns the address of its work. */
async function bring(page, scripts) {
	await page.goto('/import');
	await page.locator('input[type=file]').setInputFiles([damaged(scripts ? 'A Lamp with Scripts' : 'A Lamp without Scripts')]);
	await page.locator('main form button').last().click();
	const receipts = new URL(page.url()).pathname;
	await page.request.get(`${receipts}/events`); // ends when it is done
	await page.goto(receipts);
	return page.locator('li.receipt a.title').first().getAttribute('href');
}

async function walk(page, claim, scripts, work) {
	const main = () => page.locator('main').innerText();
	const read = async () => (await (await page.request.get(`/api/v1${work}/chapters/1`)).json()).html;
	const boxes = page.locator('.entries input[name=on]');
	const save = () => page.getByRole('button', { name: 'Save these' }).click();

	await page.getByRole('link', { name: /Review \d+ mends/ }).first().click();
	claim('the receipt leads there', page.url().endsWith(`${work}/review`), page.url());
	claim('every mend is there', await boxes.count() >= 3, await boxes.count());
	claim('what was and what is stand in the sentence', /was _kettle_/.test(await page.locator('.said').first().textContent()) || (await main()).includes('_kettle_'), await main());

	const kettle = page.locator('.entries li', { hasText: 'kettle' }).locator('input');
	if (scripts) {
		await kettle.focus();
		await page.keyboard.press('u');
		claim('u takes the tick away', !(await kettle.isChecked()));
		claim('and goes on', !(await kettle.evaluate(e => e === document.activeElement)));
		claim('what is not saved is counted', (await page.locator('#unsaved').innerText()) === '1 not saved', await page.locator('#unsaved').innerText());
		await page.keyboard.press('k');
		claim('k goes back', await kettle.evaluate(e => e === document.activeElement));
	} else {
		await kettle.uncheck();
	}
	await save();
	claim('one undone is a revision', (await main()).includes('Saved as revision 2. 1 mend undone.'), await main());
	claim('the text is as it came there', (await read()).includes('_kettle_') && (await read()).includes('<em>lamp</em>'), await read());

	await page.locator('.entries li', { hasText: 'kettle' }).locator('input').check();
	await save();
	claim('one accepted is a revision', (await main()).includes('revision 3. 1 mend accepted.'), await main());
	claim('the text is mended', (await read()).includes('<em>kettle</em>'), await read());

	await page.locator('details.every summary').click();
	await page.getByRole('button', { name: 'Undo every mend' }).click();
	claim('all are undone', (await read()).includes('_kettle_') && (await read()).includes('_lamp_') && (await main()).includes('left as it was by you'), await read());

	await page.getByRole('link', { name: 'Beside the source' }).click();
	claim('the chapter stands beside its source', await page.locator('td.source').count() > 2, await main());
	await page.locator('.entries li', { hasText: 'kettle' }).locator('input').check();
	await save();
	claim('and is decided about there', page.url().includes('/review/1') && (await read()).includes('<em>kettle</em>'), page.url());

	await page.goto(`${work}/review`);
	await page.locator('details.every summary').click();
	await page.getByRole('button', { name: 'As the rules decide' }).click();
	claim('decisions are forgotten', !(await main()).includes('by you') && (await read()).includes('<em>lamp</em>'), await main());
	await page.goto(`${work}/record`);
	claim('the record tells all of it', (await main()).includes('1 mend undone.') && (await main()).includes('1 mend accepted.'), await main());
	await page.locator('#sure').check();
	await page.getByRole('button', { name: 'Remove this work' }).click();
}
