// Which addresses are looked at: one of every kind of page with the samples on
// it, and every specimen of the gallery.

import { story, damaged, copy } from './files.mjs';

export async function visits(address) {
	const ask = async path => (await fetch(address + path)).json();
	const { works, facets } = await ask('/api/v1/works?per=100');
	if (works.length < 20) throw new Error(`only ${works.length} sample works`);
	const longest = works.reduce((a, b) => (b.words > a.words ? b : a));
	const several = works.find(w => w.chapters > 1);
	const rtl = works.find(w => ['ar', 'he', 'fa', 'ur', 'yi'].includes(w.language));
	const whole = await ask(`/api/v1/works/${longest.id}`);
	const chapter = whole.chapter_list.reduce((a, b) => (b.words > a.words ? b : a)).number;
	const series = works.find(w => w.series.length)?.series[0];
	const specimens = [...(await text(address, '/-/gallery')).matchAll(/href="(\/-\/gallery\/[^"]+)"/g)].map(m => m[1]);
	const pages = [
		'/', '/works', '/works?q=zzzzqqqq', `/works?include=${facets.fandom[0].id}&complete=yes&words=%3E10`,
		`/works/${several.id}`, `/works/${longest.id}/chapters/${chapter}`, `/works/${several.id}/full`, `/works/${longest.id}/mends`,
		'/works?sort=loved&otp=no&hits=%3E0', '/works?sort=random&seed=7', '/works/facets?kind=character', `/tags/${facets.fandom[0].id}/facets?kind=tag&order=name`, '/works/facets?kind=relationship&typed=zzzz',
		'/works?q=text%3Athe', '/remember', '/remember?line=she+left+the+lamp+burning+in+the+window&length=short', `/works/${several.id}/alike`, `/works/${longest.id}/record`,
		'/fandoms', `/tags/${facets.fandom[0].id}`, `/tags/${facets.tag[0].id}`, `/creators/${works[0].creators[0].id}`,
		`/languages/${facets.language[0].id}`, '/import', await bring(address, story('A Lantern for Visitors')), ...await reviews(address), ...await copies(address), '/settings', '/help', '/-/gallery', '/nowhere',
	];
	if (series) pages.push(`/series/${series.id}`);
	if (rtl) pages.push(`/works/${rtl.id}`, `/works/${rtl.id}/chapters/1`);
	return { pages: [...new Set(pages)], specimens: [...new Set(specimens)], listing: '/works', chapter: `/works/${longest.id}/chapters/${chapter}` };
}

async function text(address, path) {
	return (await fetch(address + path)).text();
}

/** Brings a file in and returns the address of its receipts. */
export async function bring(address, { name, buffer }) {
	const form = new FormData();
	form.append('file', new Blob([buffer]), name);
	const answer = await fetch(`${address}/import`, { method: 'POST', body: form });
	const path = new URL(answer.url).pathname;
	await text(address, `${path}/events`); // ends when it is done
	return path;
}

/** The pages of deciding about mends, of a work that has some. */
async function reviews(address) {
	const path = await bring(address, damaged('A Damaged Lamp for Visitors'));
	const work = (await text(address, path)).match(/href="(\/works\/\d+\/review)"/)[1];
	return [work, `${work}/1`];
}

/** The pages of comparing copies, of two works that are. */
async function copies(address) {
	await bring(address, copy('The Light Visitors Lost', 5, false));
	const path = await bring(address, copy('The Light Visitors Kept', 5, true));
	const work = (await text(address, path)).match(/class="title" href="(\/works\/\d+)"/)[1];
	const list = await text(address, `${work}/copies`);
	return [`${work}/copies`, list.match(/href="(\/works\/\d+\/copies\/\d+)"/)[1]];
}
