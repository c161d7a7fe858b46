// Journeys through Ficstead in a real browser. Run by `make e2e`, or by hand:
//
//   FICSTEAD=./ficstead node e2e/run.mjs [CHECK… | /PATH…]
//
// CHECK is any of access markup budgets keyboard scriptless scripted review copies rescue hostile killed;
// without one all of them run. A PATH looks only at addresses that contain it.
// Ends with "N passed, N failed", and 1 if any failed.

import { start } from './lib/program.mjs';
import { launch } from './lib/browser.mjs';
import { visits } from './lib/visits.mjs';
import { check, totals } from './lib/report.mjs';
import { access } from './checks/access.mjs';
import { markup } from './checks/markup.mjs';
import { budgets } from './checks/budgets.mjs';
import { keyboard } from './checks/keyboard.mjs';
import { scriptless } from './checks/scriptless.mjs';
import { scripted } from './checks/scripted.mjs';
import { review } from './checks/review.mjs';
import { copies } from './checks/copies.mjs';
import { rescue } from './checks/rescue.mjs';
import { hostile } from './checks/hostile.mjs';
import { killed } from './checks/killed.mjs';

const wanted = process.argv.slice(2).filter(a => !a.startsWith('/'));
const only = process.argv.slice(2).filter(a => a.startsWith('/'));
const began = Date.now();
const program = await start();
const browser = await launch();

async function part(name, run) {
	if (wanted.length && !wanted.includes(name)) return;
	const from = Date.now();
	const before = totals();
	try {
		await run();
	} catch (error) {
		check(`${name} runs to its end`, false, error.stack);
	}
	const after = totals();
	console.log(`${name}: ${after.passed - before.passed} passed, ${after.failed - before.failed} failed, ${((Date.now() - from) / 1000).toFixed(0)} s`);
}

try {
	const { address } = program;
	// Before the journeys, which add works and discard them again.
	const { pages, specimens, listing, chapter } = await visits(address);
	const looked = list => list.filter(path => only.length === 0 || only.some(part => path.includes(part)));
	await part('markup', () => markup(address, looked([...pages, ...specimens])));
	await part('budgets', () => budgets(browser, address, { listing, chapter }));
	// Pages of a rescued archive come of no sample.
	const rescued = specimens.filter(path => /\/(rescue\/\w+|works\/reviews)\/usual$/.test(path));
	await part('keyboard', () => keyboard(browser, address, looked([...pages, ...rescued])));
	await part('access', () => access(browser, address, looked([...pages, ...specimens])));
	await part('scriptless', () => scriptless(browser, address));
	await part('scripted', () => scripted(browser, address));
	await part('review', () => review(browser, address));
	await part('copies', () => copies(browser, address));
	await part('rescue', () => rescue(browser, address, program.folder));
	await part('hostile', () => hostile(browser, address, program.folder, process.env.HOSTILE));
	await part('killed', killed);
} finally {
	await browser.close();
	const code = await program.stop();
	program.remove();
	check('the program ends well when it is told to stop', code === 0, code);
}

const { passed, failed } = totals();
console.log(`${passed} passed, ${failed} failed, in ${((Date.now() - began) / 1000).toFixed(0)} s`);
process.exit(failed ? 1 : 0);
