// How heavy pages are, how dense listings are, how long lines are: measured in the browser, held to bounds.

import { check } from '../lib/report.mjs';
import { open, size } from '../lib/browser.mjs';

const kb = 1000;

/** A cold visit: what came over the wire, compressed, and in how many requests. */
async function visit(browser, address, path, width) {
	const page = await open(browser, address, { width });
	const wire = await page.context().newCDPSession(page);
	await wire.send('Network.enable');
	await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
	const kinds = new Map();
	let bytes = 0;
	const sizes = {};
	wire.on('Network.responseReceived', e => kinds.set(e.requestId, e.type));
	wire.on('Network.loadingFinished', e => {
		bytes += e.encodedDataLength;
		const kind = kinds.get(e.requestId) ?? 'Other';
		sizes[kind] = (sizes[kind] ?? 0) + e.encodedDataLength;
	});
	await page.goto(path, { waitUntil: 'networkidle' });
	return { page, bytes, requests: page.requests.length, sizes };
}

export async function budgets(browser, address, { listing, chapter }) {
	await weight(browser, address, 'the listing', listing, { bytes: 60 * kb, requests: 4 });
	await weight(browser, address, 'a chapter', chapter, { bytes: 45 * kb, requests: 4 });
	await density(browser, address, listing, 1280, 250);
	await density(browser, address, listing, 390, 380);
	await measure(browser, address, chapter);
}

async function weight(browser, address, name, path, most) {
	const { page, bytes, requests, sizes } = await visit(browser, address, path, 1440);
	const told = `${bytes} bytes in ${requests} requests ${JSON.stringify(sizes)}`;
	console.log(`${name}: ${told}`);
	check(`${name} weighs at most ${most.bytes} bytes`, bytes <= most.bytes, told);
	check(`${name} takes at most ${most.requests} requests`, requests <= most.requests, page.requests.join('\n'));
	check('style sheets weigh at most 12 KB', (sizes.Stylesheet ?? 0) <= 12 * kb, told);
	check('scripts weigh at most 15 KB', (sizes.Script ?? 0) <= 15 * kb, told);
	const shift = await page.evaluate(() => new Promise(resolve => {
		let sum = 0;
		new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; }))
			.observe({ type: 'layout-shift', buffered: true });
		requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
	}));
	check(`${name} does not shift`, shift <= 0.01, shift);
	const elements = await page.evaluate(() => document.querySelectorAll('*').length);
	check(`${name} has at most 2,500 elements`, elements <= 2500, elements);
	await page.context().close();
}

async function density(browser, address, path, width, most) {
	const page = await open(browser, address, { width });
	await page.setViewportSize(size(width));
	await page.goto(path);
	const heights = await page.$$eval('article.blurb', all => all.map(e => e.getBoundingClientRect().height).sort((a, b) => a - b));
	const median = heights[Math.floor(heights.length / 2)] ?? Infinity;
	console.log(`median blurb at ${width} px: ${Math.round(median)} px of ${heights.length}`);
	check(`the median blurb at ${width} px is at most ${most} px high`, median <= most, `${median} of ${heights.length}`);
	await page.context().close();
}

/** Real characters in the full lines of the text, and the size of the type. */
async function measure(browser, address, path) {
	for (const [width, least, most] of [[1440, 60, 75], [390, 35, 55]]) {
		const page = await open(browser, address, { width });
		await page.goto(path);
		const { line, type } = await page.evaluate(() => {
			const counts = [];
			for (const p of document.querySelectorAll('.prose p')) {
				const text = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
				const range = document.createRange();
				const lines = new Map();
				while (text.nextNode()) {
					for (let i = 0; i < text.currentNode.length; i++) {
						range.setStart(text.currentNode, i);
						range.setEnd(text.currentNode, i + 1);
						const top = Math.round(range.getBoundingClientRect().top);
						lines.set(top, (lines.get(top) ?? 0) + 1);
					}
				}
				counts.push(...[...lines.values()].slice(0, -1));
				if (counts.length > 200) break;
			}
			counts.sort((a, b) => a - b);
			const p = document.querySelector('.prose p');
			return { line: counts[Math.floor(counts.length / 2)], type: parseFloat(getComputedStyle(p).fontSize) };
		});
		console.log(`a line at ${width} px: ${line} characters of ${type} px`);
		check(`a line at ${width} px has ${least} to ${most} characters`, line >= least && line <= most, line);
		check(`type at ${width} px is at least 17 px`, type >= 17, type);
		await page.context().close();
	}
}
