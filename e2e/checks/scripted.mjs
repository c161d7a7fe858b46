// What scripts make quicker, and that they break nothing.

import { check, journey } from '../lib/report.mjs';
import { open } from '../lib/browser.mjs';
import { story, empty } from '../lib/files.mjs';

export async function scripted(browser, address) {
	const walk = (name, steps) => journey(`with scripts: ${name}`, async () => {
		const page = await open(browser, address, { width: 1280 });
		try {
			await steps(page, (claim, ok, seen) => check(`with scripts: ${name}: ${claim}`, ok, seen));
		} finally {
			await page.context().close();
		}
	});
	await walk('bring in many files and watch', bringInMany);
	await walk('drop a file', drop);
	await walk('colours follow the device', colours);
	await walk('space between letters', spacing);
	await walk('read by keyboard alone', byKeyboard);
}

async function bringInMany(page, claim) {
	await page.goto('/import');
	const files = Array.from({ length: 30 }, (_, n) => story(`Watched Story ${n + 1}`));
	await page.locator('input[type=file]').setInputFiles([...files, empty]);
	claim('what was chosen is told', (await page.locator('#picked').innerText()).startsWith('31 files'), await page.locator('#picked').innerText());
	await page.getByRole('button', { name: 'Bring in' }).click();
	await page.locator('.verdict').waitFor();
	claim('the end comes by itself', (await page.locator('#progress-words').innerText()).startsWith('Done'), await page.locator('#progress-words').innerText());
	claim('every file has its receipt', await page.locator('li.receipt').count() === 31, await page.locator('li.receipt').count());
	claim('the heading follows', (await page.locator('h1').innerText()).includes('brought in'));
	await page.locator('details.mends summary').first().click();
	claim('mends are shown before and after', await page.locator('.mend del').first().isVisible() && await page.locator('.mend ins').first().isVisible());
	await page.getByRole('link', { name: /^Refused/ }).click();
	claim('the refused alone', await page.locator('li.receipt').count() === 1);
	await page.goBack();
	await page.getByRole('link', { name: 'Discard all…' }).click();
	claim('asks first', /Take 30 works out/.test(await page.locator('h1').innerText()), await page.locator('h1').innerText());
	await page.getByRole('button', { name: 'Discard all' }).click();
	claim('all are out', await page.locator('.gone').count() === 30, await page.locator('.gone').count());
	const left = await (await page.request.get('/api/v1/works?q=%22watched+story%22')).json();
	claim('and no longer found', left.total === 0, left.total);
}

async function drop(page, claim) {
	await page.goto('/import');
	const { name, buffer } = story('Dropped Story');
	await page.locator('#drop').evaluate((form, { name, text }) => {
		const transfer = new DataTransfer();
		transfer.items.add(new File([text], name, { type: 'text/plain' }));
		for (const type of ['dragenter', 'dragover', 'drop'])
			form.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
	}, { name, text: buffer.toString() });
	await page.waitForFunction(() => document.getElementById('files').files.length === 1);
	claim('the dropped file is chosen', (await page.locator('#picked').innerText()).includes('dropped-story.txt'), await page.locator('#picked').innerText());
}

async function colours(page, claim) {
	const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto('/works');
	const light = await paper();
	await page.emulateMedia({ colorScheme: 'dark' });
	const dark = await paper();
	claim('light and dark differ', light !== dark, `${light} ${dark}`);
	await page.emulateMedia({ forcedColors: 'active' });
	claim('forced colours leave the text', await page.locator('article.blurb h2 a').first().isVisible());
}

/** WCAG 1.4.12: the reader's own spacing hides nothing. */
async function spacing(page, claim) {
	for (const width of [1280, 320]) {
		for (const path of ['/', '/works', '/import', '/settings']) {
			await page.setViewportSize({ width, height: 800 });
			await page.goto(path);
			await page.evaluate(() => {
				const sheet = new CSSStyleSheet();
				sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
				document.adoptedStyleSheets = [sheet];
			});
			const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			claim(`${path} at ${width} px keeps its width`, over <= 0, over);
		}
	}
}

async function byKeyboard(page, claim) {
	const { works } = await (await page.request.get('/api/v1/works?chapters=%3E1')).json();
	await page.goto(`/works/${works[0].id}/chapters/1`);
	const next = page.locator('a[href$="/chapters/2"]').last();
	const tabs = await next.evaluate(link => {
		const stops = [...document.querySelectorAll('main a[href], main button, main input, main summary')];
		const prose = document.querySelector('.prose');
		const after = stops.filter(e => prose.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING && !prose.contains(e));
		return after.indexOf(link) + 1;
	});
	claim('the next chapter is within three stops of the end of the text', tabs >= 1 && tabs <= 3, tabs);
	await next.focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/chapters\/2$/);
	claim('Enter goes there', page.url().endsWith('/chapters/2'));
	await page.goto('/');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.waitForURL(/#main$/);
	claim('the skip link skips', await page.evaluate(() => document.querySelector('#main').matches(':target')), page.url());
}
