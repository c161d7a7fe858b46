// Accessibility: axe finds nothing, in any theme, at any width; nothing scrolls sideways.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check } from '../lib/report.mjs';
import { open, size, each, themes, widths } from '../lib/browser.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Each address, every theme, every width, without loading it anew. */
export async function access(browser, address, paths) {
	await each(paths, 2, async path => {
		const page = await open(browser, address, { expected: [/the server responded with a status of 4\d\d/] });
		try {
			await page.goto(path);
			await inline(page, path);
			await outline(page, path);
			await page.evaluate(source);
			await unfolding(page);
			const faults = new Map(); // by what is wrong, where it is
			for (const width of widths) {
				await page.setViewportSize(size(width));
				for (const theme of themes) {
					const found = await look(page, theme, theme === themes[0] ? { type: 'tag', values: tags } : { type: 'rule', values: colour });
					for (const fault of found) faults.set(fault, [...(faults.get(fault) ?? []), `${theme} ${width}`]);
					check(`${path}: axe, ${theme}, ${width} px`, found.length === 0, '');
				}
				await reflow(page, path, width);
			}
			for (const [fault, where] of faults) console.error(`  ${path} (${where.join(', ')})\n  ${fault}`);
		} catch (error) {
			check(`${path}: can be looked at`, false, error.stack);
		} finally {
			await page.context().close();
		}
	});
}

// Of axe's rules for WCAG A and AA these are the ones whose verdict depends on
// colours. All others say the same of a page in every theme, and are asked once
// at each width.
const colour = ['color-contrast', 'link-in-text-block'];

async function look(page, theme, runOnly) {
	return page.evaluate(async ({ theme, runOnly }) => {
		document.documentElement.dataset.theme = theme;
		const run = async where => (await axe.run(where, { runOnly, resultTypes: ['violations'], preload: false, iframes: false })).violations;
		const drawers = unfold();
		for (const a of document.getAnimations()) a.finish();
		const violations = await run(document);
		for (const drawer of drawers) { // lies over the page: looked at alone
			drawer.open = true;
			violations.push(...await run(drawer));
			drawer.open = false;
		}
		return violations.map(v => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 3).map(n =>
			`    ${n.html.slice(0, 200)}\n      ${n.any.concat(n.all, n.none).map(c => c.message).slice(0, 2).join(' ')}`).join('\n'));
	}, { theme, runOnly });
}

/** Defines unfold in the page: opens what folds out in place, and returns, closed, what would lie over the page. */
async function unfolding(page) {
	await page.evaluate(() => {
		window.unfold = () => [...document.querySelectorAll('details')].filter(d => {
			d.open = true;
			const over = [...d.children].some(c => /absolute|fixed/.test(getComputedStyle(c).position));
			if (over) d.open = false;
			return over;
		});
	});
}

async function reflow(page, path, width) {
	const over = await page.evaluate(() => {
		const root = document.documentElement;
		const tell = () => {
			if (root.scrollWidth <= root.clientWidth) return '';
			const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
			return `${root.scrollWidth} > ${root.clientWidth}: ` + wide.slice(-3).map(e => e.outerHTML.slice(0, 150)).join(' | ');
		};
		const drawers = unfold();
		let told = tell();
		for (const drawer of drawers) {
			drawer.open = true;
			told ||= tell();
			drawer.open = false;
		}
		return told;
	});
	check(`${path}: no sideways scrolling at ${width} px`, over === '', over);
}

/** What the browser made of the page holds no script, style or handler of its own. */
async function inline(page, path) {
	const found = await page.evaluate(() => [...document.querySelectorAll('*')].filter(e =>
		e.matches('script:not([src]), style, iframe, object, embed') ||
		[...e.attributes].some(a => /^on|^style$/.test(a.name) || /^\s*(javascript|data|vbscript):/i.test(a.value) && /^(href|src|action|formaction)$/.test(a.name)),
	).map(e => e.outerHTML.slice(0, 150)));
	check(`${path}: nothing inline`, found.length === 0, found.join('\n'));
}

/** Headings go down one step at a time; those inside a story are its creator's. */
async function outline(page, path) {
	const levels = await page.$$eval('h1, h2, h3, h4, h5, h6', all => all
		.filter(h => !h.closest('.prose, .said') && h.checkVisibility()).map(h => [Number(h.tagName[1]), h.textContent.trim().slice(0, 40)]));
	const jump = levels.find(([level], i) => i > 0 && level > levels[i - 1][0] + 1);
	check(`${path}: headings in steps`, levels[0]?.[0] === 1 && !jump, JSON.stringify(jump ?? levels.slice(0, 3)));
}
