// Everything can be reached and seen with the keyboard alone.

import { check } from '../lib/report.mjs';
import { each, open, themes } from '../lib/browser.mjs';

const stops = 25; // how far each page is walked with Tab

export async function keyboard(browser, address, paths) {
	await each(paths, 2, async path => {
		const page = await open(browser, address, { width: 1280, expected: [/status of 404/] });
		await page.goto(path);
		await page.keyboard.press('Tab');
		check(`${path}: the first stop is the skip link`, await page.evaluate(() => document.activeElement.matches('a[href="#main"]')));
		await walk(page, path);
		await page.context().close();
	});
	await rings(browser, address, paths[0]);
}

async function walk(page, path) {
	let blind = '';
	let hidden = '';
	for (let i = 0; i < stops; i++) {
		const seen = await page.evaluate(() => {
			const e = document.activeElement;
			if (e === document.body) return { gone: true };
			const ringed = [e, e.parentElement, ...e.querySelectorAll('*')].some(x => {
				const s = getComputedStyle(x);
				return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none';
			});
			const box = e.getBoundingClientRect();
			const top = document.elementFromPoint(
				Math.min(Math.max(box.x + Math.min(box.width, 8) / 2, 0), innerWidth - 1),
				Math.min(Math.max(box.y + Math.min(box.height, 8) / 2, 0), innerHeight - 1));
			const covered = top && !e.contains(top) && !top.contains(e) && !top.closest('label')?.contains(e);
			return { ringed, covered, html: e.outerHTML.slice(0, 160), over: top?.outerHTML.slice(0, 80) };
		});
		if (seen.gone) break;
		if (!seen.ringed) blind += seen.html + '\n';
		if (seen.covered) hidden += `${seen.html}\n  under ${seen.over}\n`;
		await page.keyboard.press('Tab');
	}
	check(`${path}: focus can be seen`, blind === '', blind);
	check(`${path}: focus is never covered`, hidden === '', hidden);
}

/** The ring stands out from the page in every theme: 3:1 at least. */
async function rings(browser, address, path) {
	const page = await open(browser, address, { width: 1280 });
	await page.goto(path);
	for (const theme of themes) {
		await page.evaluate(t => { document.documentElement.dataset.theme = t; }, theme);
		await page.keyboard.press('Tab');
		const ratio = await page.evaluate(() => {
			const light = color => {
				const [r, g, b] = color.match(/[\d.]+/g).map(Number).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
				return 0.2126 * r + 0.7152 * g + 0.0722 * b;
			};
			const ring = light(getComputedStyle(document.activeElement).outlineColor);
			const paper = light(getComputedStyle(document.documentElement).backgroundColor);
			return (Math.max(ring, paper) + 0.05) / (Math.min(ring, paper) + 0.05);
		});
		check(`the focus ring stands out, ${theme}`, ratio >= 3, ratio);
	}
	await page.context().close();
}
