// Hostile texts, brought in as any other and shown wherever texts are shown: in
// chapters and notes, in lists, in feeds, in reviews, in books, in downloads; in
// pages without the protection of our headers, because a text that has left the
// site has none. Nothing runs, nothing leaves its place, nothing is asked for.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { check, journey } from '../lib/report.mjs';
import { each } from '../lib/browser.mjs';
import { ran } from '../lib/program.mjs';
import { archive } from '../lib/archive.mjs';
import { sharp, variants, allVariants, collected } from '../lib/hostile.mjs';
import { unzip } from '../lib/unzip.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const perWork = 40; // chapters: a page shows four texts of each
const hands = 3;

/** What is "all" every variant and every collection beside the checkout, "collected" the latter only, or else our choice. */
export async function hostile(browser, address, folder, what) {
	const all = what === 'all' || what === 'collected';
	const texts = all ? [...new Set([...(what === 'all' ? allVariants() : []), ...collected(root)])] : variants();
	const listed = all ? texts : texts.filter((_, i) => i % 5 === 0);
	const t = { all, browser, address, folder, texts, listed, seen: watch(), pages: [], count: {}, took: {} };
	await journey('hostile texts', async () => {
		const timed = async (what, run) => {
			const from = Date.now();
			const made = await run();
			t.took[what] = ((Date.now() - from) / 1000).toFixed(0);
			return made;
		};
		await timed('control', () => control(t));
		await timed('trees', () => trees(t));
		const works = await timed('bring', () => bring(t));
		await timed('chapters', () => chapters(t, works));
		await timed('lists', () => lists(t));
		await timed('taken', () => taken(t, works));
		await timed('reviews', () => reviews(t));
		await timed('pages', () => pagesAlike(t));
	});
	check('hostile texts: none of them runs', t.seen.ran.length === 0, t.seen.ran.slice(0, 5).join('\n'));
	check('hostile texts: none asks others for anything', t.seen.asked.length === 0, t.seen.asked.slice(0, 5).join('\n'));
	console.log(`hostile: ${texts.length} texts; ${Object.entries(t.count).map(([what, n]) => `${n} ${what}`).join(', ')}; ${t.seen.ran.length} ran, ${t.seen.asked.length} asked; seconds: ${Object.entries(t.took).flat().join(' ')}`);
}

function watch() { return { ran: [], asked: [] }; }

/** A page without our policy that notes what runs in it and what it asks for. */
async function bare(t, seen = t.seen, options = {}) {
	const context = await t.browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 }, ...options });
	await context.addInitScript(() => {
		for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => console.log('HOSTILE', name);
	});
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	page.on('console', m => { if (m.text().startsWith('HOSTILE')) seen.ran.push(`${page.url()}: ${m.text()}`); });
	page.on('pageerror', e => seen.ran.push(`${page.url()}: ${e}`));
	page.on('dialog', d => { seen.ran.push(`${page.url()}: ${d.message()}`); d.dismiss().catch(() => {}); });
	page.on('request', r => { if (!r.url().startsWith(t.address) && !/^(data|blob|about|file):|^https?:\/\/book\.invalid\//.test(r.url())) seen.asked.push(`${page.url()}: ${r.url()}`); });
	return page;
}

/** Without the cleaning the sharp ones do run: the test has teeth. */
async function control(t) {
	let ran = 0;
	const desks = [];
	await each(sharp, hands, async (text, hand) => {
		const seen = watch();
		if (!desks[hand]) {
			desks[hand] = watch();
			desks[hand].page = await bare(t, desks[hand], { offline: true });
		}
		Object.assign(desks[hand], seen);
		await desks[hand].page.setContent(`<!DOCTYPE html><main>${text}</main>`, { waitUntil: 'load', timeout: 3000 }).catch(() => {});
		for (let n = 0; n < 8 && !seen.ran.length; n++) await desks[hand].page.waitForTimeout(25);
		if (seen.ran.length) ran++;
	});
	for (const { page } of desks) await page.context().close();
	t.count['of the sharp run when shown as they are'] = ran;
	check('hostile texts: at least 40 run when they are shown as they are', ran >= 40, ran);
}

function go(question) {
	return JSON.parse(execFileSync('go', ['run', './e2e/trees'], { cwd: root, input: JSON.stringify(question), maxBuffer: 1 << 30, env: { ...process.env, CGO_ENABLED: '0' } }));
}

/** Two parsers see the same tree in what we print, and cleaning again changes nothing. */
async function trees(t) {
	const { texts } = go({ texts: t.texts });
	check('hostile texts: cleaning again changes none', texts.every(x => x.stable), t.texts[texts.findIndex(x => !x.stable)]);
	const page = await bare(t, { ran: t.seen.ran, asked: [] }); // where pictures go is decided when a text is shown
	const differ = [];
	const forbidden = [];
	for (let from = 0; from < texts.length; from += 200) {
		const part = texts.slice(from, from + 200);
		const found = await page.evaluate(([htmls, treeOf, strange]) => {
			const tree = new Function('n', `${treeOf}; return treeOf(n)`);
			const odd = new Function('n', `${strange}; return strange(n)`);
			return htmls.map(html => {
				const box = document.createElement('div');
				document.body.replaceChildren(box);
				box.innerHTML = html;
				return { tree: [...box.childNodes].map(tree).join(''), odd: odd(box) };
			});
		}, [part.map(x => x.html), treeOf.toString(), strange.toString()]);
		found.forEach((is, i) => {
			if (is.tree !== part[i].tree) differ.push(t.texts[from + i]);
			if (is.odd) forbidden.push(`${is.odd} of ${t.texts[from + i]}`);
		});
	}
	await page.context().close();
	t.count['trees compared'] = texts.length;
	check('hostile texts: the browser and Go see the same trees', differ.length === 0, `${differ.length}, such as ${JSON.stringify(differ[0])}`);
	check('hostile texts: nothing is left that may not be', forbidden.length === 0, forbidden.slice(0, 3).join('\n'));
}

/** Brings works of many chapters, and for the lists one work for a text. */
async function bring(t) {
	const record = more => ({ format: 'ficstead-story', version: 1, creators: [{ name: 'Hostile Quill' }], ...more });
	const files = [];
	for (let from = 0; from < t.texts.length; from += perWork) {
		files.push(record({
			title: `Hostile ${from}`, summary: t.texts[from], notes: t.texts[from], end_notes: t.texts[from],
			chapters: t.texts.slice(from, from + perWork).map((text, i) => ({
				title: text.slice(0, 300), summary: { html: text }, notes: { html: text }, end_notes: { html: text }, text: { html: `<p>The lamp before ${from + i} is lit.</p>${text}` },
			})),
		}));
	}
	const works = await send(t, files);
	await send(t, [t.listed.map((text, i) => record({ title: `${text.slice(0, 200)} ${i}`, creators: [{ name: 'Listed Quill' }], tags: [text.slice(0, 80)], fandoms: [text.slice(0, 60)], summary: { html: text }, text: `The lamp of the list number ${i}.` }))]);
	check('hostile texts: all works came in', works.length === files.length, `${works.length} of ${files.length}`);
	return works;
}

async function send(t, files) {
	const form = new FormData();
	files.forEach((file, i) => form.append('file', new Blob([JSON.stringify(file)]), `hostile-${i}.json`));
	const answer = await fetch(`${t.address}/import`, { method: 'POST', body: form });
	const path = new URL(answer.url).pathname;
	await (await fetch(`${t.address}${path}/events`)).text(); // ends when it is done
	const page = await (await fetch(t.address + path)).text();
	return [...new Set([...page.matchAll(/href="(\/works\/\d+)"/g)].map(m => m[1]))];
}

/** Whole works, and a chapter of each by itself. */
async function chapters(t, works) {
	const seenTexts = new Set();
	await each(works, hands, async work => {
		const page = await bare(t);
		for (const path of [`${work}/full`, `${work}/chapters/${1 + (parseInt(work.slice(7), 10) % perWork)}`, work]) {
			await visit(t, page, path);
			const told = await page.evaluate(strangeIn, ['.prose, .said', strange.toString()]);
			check(`${path}: nothing strange in it`, !told.odd, told.odd);
			const layout = await page.evaluate(placed);
			check(`${path}: all is in its place`, !layout.wrong, layout.wrong);
			if (path.endsWith('/full')) layout.before.forEach(n => seenTexts.add(n));
		}
		await page.context().close();
	});
	t.count['chapters shown'] = seenTexts.size;
	check('hostile texts: every chapter is shown', seenTexts.size === t.texts.length, `${seenTexts.size} of ${t.texts.length}`);
}

async function visit(t, page, path) {
	const answer = await page.goto(t.address + path, { waitUntil: 'load' });
	t.pages.push({ path, html: await answer.text() });
}

/** Lists, and what a reader of feeds makes of theirs. */
async function lists(t) {
	const per = 20;
	const numbers = Array.from({ length: Math.ceil(t.listed.length / per) }, (_, i) => i + 1);
	let blurbs = 0;
	let entries = 0;
	await each(numbers, hands, async n => {
		const page = await bare(t);
		const query = `?q=${encodeURIComponent('creator:"Listed Quill"')}&sort=title&page=${n}`;
		await visit(t, page, `/works${query}`);
		const told = await page.evaluate(strangeIn, ['.said, .summary, .blurb .prose, .blurb blockquote', strange.toString()]);
		check(`list ${n}: nothing strange in it`, !told.odd, told.odd);
		const layout = await page.evaluate(placed);
		check(`list ${n}: all is in its place`, !layout.wrong, layout.wrong);
		blurbs += layout.works;
		const contents = await page.evaluate(feedOf, await (await fetch(`${t.address}/works.atom${query}`)).text());
		entries += contents.length;
		await page.setContent(`<!DOCTYPE html><body>${contents.map(c => `<div class="entry">${c}</div>`).join('')}<footer>end</footer></body>`, { waitUntil: 'load' });
		const fed = await page.evaluate(() => ({
			n: document.querySelectorAll('body > div.entry').length, last: document.body.lastElementChild?.localName,
		}));
		check(`feed ${n}: every entry is in its place`, fed.n === contents.length && fed.last === 'footer', JSON.stringify(fed));
		const odd = await page.evaluate(strangeIn, ['div.entry', strange.toString()]);
		check(`feed ${n}: nothing strange in it`, !odd.odd, odd.odd);
		await page.context().close();
	});
	t.count['blurbs'] = blurbs;
	t.count['entries of feeds'] = entries;
	check('hostile texts: lists and feeds show them', blurbs > t.listed.length * 0.9 && entries > 0, `${blurbs} blurbs, ${entries} entries of ${t.listed.length}`);
}

/** Books and pages that were taken away, opened without the site. */
async function taken(t, works) {
	let inBooks = 0;
	const opened = t.all ? works : works.filter((_, i) => i % 3 === 0); // as pages; the others are only read
	await each(works, hands, async work => {
		const page = await bare(t);
		const file = join(t.folder, `hostile-${work.slice(7)}.html`);
		writeFileSync(file, Buffer.from(await (await fetch(`${t.address}${work}.html`)).arrayBuffer()));
		await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
		const layout = await page.evaluate(() => [...document.body.children].map(e => e.id).join(' '));
		check(`${work}.html: all is in its place`, /preface.*chapters.*afterword/.test(layout), layout);
		const odd = await page.evaluate(strangeIn, ['.userstuff', strange.toString()]);
		check(`${work}.html: nothing strange in it`, !odd.odd, odd.odd);

		const book = unzip(Buffer.from(await (await fetch(`${t.address}${work}.epub`)).arrayBuffer()));
		const names = Object.keys(book).filter(name => name.endsWith('.xhtml'));
		await page.route('http://book.invalid/**', route => {
			const name = decodeURIComponent(new URL(route.request().url()).pathname.slice(1));
			if (name === 'all') return route.fulfill({ contentType: 'text/html', body: `<!DOCTYPE html>${names.map(n => `<iframe src="/${n}"></iframe>`).join('')}` });
			if (!book[name]) return route.fulfill({ status: 404, body: '' });
			return route.fulfill({ contentType: name.endsWith('.xhtml') ? 'application/xhtml+xml' : name.endsWith('.css') ? 'text/css' : 'application/octet-stream', body: book[name] });
		});
		if (opened.includes(work)) await page.goto('http://book.invalid/all', { waitUntil: 'load' });
		const told = await page.evaluate(([s, xml]) => {
			const strangeOf = new Function('n', `${s}; return strange(n)`);
			const frames = [...document.querySelectorAll('iframe')].map(f => f.contentDocument);
			const documents = frames.length ? frames : xml.map(x => new DOMParser().parseFromString(x, 'application/xhtml+xml'));
			return documents.map(d => (d.querySelector('parsererror') ? 'no XML' : [...d.querySelectorAll('.userstuff')].map(strangeOf).find(Boolean) || ''));
		}, [strange.toString(), opened.includes(work) ? [] : names.map(name => book[name].toString('utf8'))]);
		inBooks += told.length;
		check(`${work}.epub: every page is XML, and nothing strange in it`, told.every(x => x === ''), told.find(Boolean));
		await page.context().close();
	});
	t.count['pages of books'] = inBooks;
}

/** Reviews that came with a whole archive. */
async function reviews(t) {
	const dump = archive(t.folder, t.texts.map((text, i) => ({ reviewid: 100 + i, item: 12, chapid: 31, reviewer: text.slice(0, 60), uid: 0, review: `The lamp of review ${i}. ${text}`, date: '2006-04-03 19:34:02', rating: 0, respond: '0', type: 'ST' })), 'hostile.example');
	const told = await ran(['import', dump, '--data', t.folder]);
	check('hostile texts: the archive with the reviews comes in', told.code === 0, told.text);
	const page = await bare(t);
	const work = told.text.match(/The Lamp Oil \(work (\d+)\)/)?.[1];
	let shown = 0;
	for (let next = work && `/works/${work}/reviews`; next;) {
		await visit(t, page, next);
		const odd = await page.evaluate(strangeIn, ['.said, .prose, .review', strange.toString()]);
		check(`${next}: nothing strange in it`, !odd.odd, odd.odd);
		const layout = await page.evaluate(placed);
		check(`${next}: all is in its place`, !layout.wrong, layout.wrong);
		shown += await page.evaluate(() => (document.querySelector('main').innerText.match(/The lamp of review \d+/g) || []).length);
		next = await page.evaluate(() => { const a = document.querySelector('main a[rel=next]'); return a && a.pathname + a.search; });
	}
	await page.context().close();
	t.count.reviews = shown;
	check('hostile texts: reviews show them', shown > t.texts.length * 0.9, `${shown} of ${t.texts.length}`);
}

/** Whole pages are the same tree to both parsers. */
async function pagesAlike(t) {
	const page = await bare(t);
	const differ = [];
	for (let from = 0; from < t.pages.length; from += 20) {
		const part = t.pages.slice(from, from + 20);
		const { pages } = go({ pages: part.map(p => p.html) });
		const found = await page.evaluate(([htmls, s]) => htmls.map(html => new Function('n', `${s}; return [...n.childNodes].map(treeOf).join('')`)(new DOMParser().parseFromString(html, 'text/html'))), [part.map(p => p.html), treeOf.toString()]);
		found.forEach((tree, i) => { if (tree !== pages[i]) differ.push(part[i].path); });
	}
	await page.context().close();
	t.count['whole pages compared'] = t.pages.length;
	check('hostile texts: the browser and Go see the same pages', differ.length === 0, differ.slice(0, 5).join('\n'));
}

// What follows runs in the browser.

/** A tree as e2e/trees prints it. */
function treeOf(n) {
	if (n.nodeType === 3) return `\x02${n.data}`;
	if (n.nodeType === 8) return `\x03${n.data}`;
	if (n.nodeType !== 1) return '';
	const space = { 'http://www.w3.org/2000/svg': 'svg', 'http://www.w3.org/1998/Math/MathML': 'math' }[n.namespaceURI] || '';
	const order = (a, b) => { const x = new TextEncoder().encode(a); const y = new TextEncoder().encode(b); for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i] - y[i]; return x.length - y.length; };
	const attrs = [...n.attributes].map(a => `\x04${a.localName}=${a.value}`).sort(order).join('');
	return `\x01${space}:${n.localName}${attrs}${[...n.childNodes].map(treeOf).join('')}\x05`;
}

/** What may not be within a text, or ''. */
function strange(box) {
	const allowed = ' p h1 h2 h3 h4 h5 h6 hr br blockquote ul ol li dl dt dd table caption thead tbody tfoot tr td th pre figure figcaption details summary em strong u s small sub sup code kbd mark q cite abbr ins del ruby rt rp span a img div b i bdi time article header footer section nav ';
	for (const e of box.querySelectorAll('*')) {
		const name = e.localName;
		if (e.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !allowed.includes(` ${name} `)) return `<${name}>`;
		for (const { name: key, value } of e.attributes) {
			if (/^on|^style$|^name$|^form|^srcset$|^ping$|^is$/i.test(key)) return `${name} ${key}=${value}`;
			if ((key === 'href' || key === 'src') && !/^(https?:|mailto:|#|\/|data:image\/(png|jpeg|gif);base64,|[\w./-]+\.(xhtml|png|jpg|gif)(#|$))/.test(value)) return `${name} ${key}=${value}`;
			if (key === 'href' && /^\/[\\/]/.test(value)) return `${name} ${key}=${value}`;
			if (key === 'id' && !/^(c\d+-|fn-|p[0-9a-z]|r\d|n\d|review|w\d|endnotes|chapter-?\d)/.test(value) && !/-fn-|-p/.test(value)) return `${name} id=${value}`;
		}
	}
	return '';
}

function strangeIn([where, s]) {
	const odd = new Function('n', `${s}; return strange(n)`);
	const boxes = [...document.querySelectorAll(where)];
	return { n: boxes.length, odd: boxes.map(odd).find(Boolean) || '' };
}

/** Whether our own parts of the page stand where we put them. */
function placed() {
	const wrong = [];
	const main = document.querySelectorAll('main');
	if (main.length !== 1 || main[0].parentElement !== document.body || main[0].id !== 'main') wrong.push('main');
	const [head] = document.querySelectorAll('body > header');
	if (!head || !(head.compareDocumentPosition(main[0]) & Node.DOCUMENT_POSITION_FOLLOWING)) wrong.push('header');
	const reader = main[0].classList.contains('reader');
	if (reader && document.querySelector('main > section.end') !== main[0].lastElementChild) wrong.push('the end of the text');
	const feet = document.querySelectorAll('footer.foot');
	if (!reader && (feet.length !== 1 || feet[0] !== document.body.lastElementChild)) wrong.push('footer');
	const parts = [...document.querySelectorAll('section.whole')];
	if (parts.some(s => s.parentElement.localName !== 'article' || s.parentElement.parentElement !== main[0] || s.querySelectorAll(':scope > .prose').length !== 1)) wrong.push('chapters');
	const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
	if (new Set(ids).size !== ids.length) wrong.push(`an id stands twice: ${ids.find((id, i) => ids.indexOf(id) !== i)}`);
	if (typeof document.getElementById !== 'function' || !(document.body instanceof HTMLBodyElement) || typeof document.body.attributes.length !== 'number') wrong.push('the document is clobbered');
	const before = parts.map(s => s.querySelector(':scope > .prose')?.textContent.match(/The lamp before (\d+) is lit/)?.[1]).filter(Boolean);
	return { wrong: wrong.join(', '), before, works: document.querySelectorAll('main h2[id^=w]').length };
}

/** The HTML that a reader of feeds is given. */
function feedOf(xml) {
	const feed = new DOMParser().parseFromString(xml, 'application/xml');
	if (feed.querySelector('parsererror')) return [];
	return [...feed.querySelectorAll('entry > summary[type=html], entry > content[type=html]')].map(e => e.textContent);
}
