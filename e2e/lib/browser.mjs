// One real browser for everything, and pages that remember what went wrong.

import { chromium } from 'playwright-core';
import { check } from './report.mjs';

export const themes = ['light', 'dark', 'sepia', 'black', 'contrast'];
export const widths = [1440, 390, 320];
const height = { 1440: 900, 390: 844, 320: 640 };

export async function launch() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync'],
	});
}

/** Opens a page that fails checks by itself: errors in the console, broken scripts, requests to anywhere else. */
export async function open(browser, address, options = {}) {
	const { width = 1440, expected = [], ...rest } = options;
	const context = await browser.newContext({ viewport: size(width), baseURL: address, ...rest });
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	page.requests = [];
	page.expected = [...expected];
	page.on('console', message => {
		if (message.type() === 'error' && !page.expected.some(e => e.test(message.text())))
			check(`${new URL(page.url()).pathname}: a quiet console`, false, message.text());
	});
	page.on('pageerror', error => check(`${page.url()}: scripts run`, false, error.stack));
	page.on('request', request => {
		const url = request.url();
		page.requests.push(url);
		if (!url.startsWith(address) && !/^(data|blob|about):/.test(url))
			check(`${page.url()}: nothing is asked of others`, false, url);
	});
	return page;
}

export function size(width) {
	return { width, height: height[width] ?? 900 };
}

/** Runs work over items, a few at a time, in order of need. */
export async function each(items, hands, work) {
	const queue = [...items];
	await Promise.all(Array.from({ length: hands }, async (_, hand) => {
		while (queue.length) await work(queue.shift(), hand);
	}));
}
