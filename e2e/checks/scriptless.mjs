// The main journeys, with scripts switched off.

import { check, journey } from '../lib/report.mjs';
import { open } from '../lib/browser.mjs';
import { story, empty } from '../lib/files.mjs';

export async function scriptless(browser, address) {
	const walk = (name, steps) => journey(`without scripts: ${name}`, async () => {
		const page = await open(browser, address, { width: 1280, javaScriptEnabled: false });
		try {
			await steps(page, (claim, ok, seen) => check(`without scripts: ${name}: ${claim}`, ok, seen));
		} finally {
			await page.context().close();
		}
	});
	await walk('search and read', searchAndRead);
	await walk('filter', filter);
	await walk('all tags of a kind', allTags);
	await walk('from a place in the text to its paragraph', places);
	await walk('a line that is half remembered', remembers);
	await walk('more like this', moreLikeThis);
	await walk('change the theme', changeTheme);
	await walk('download', download);
	await walk('bring in a file', bringIn);
	await walk('bring in nothing', bringInNothing);
	await walk('lost', lost);
}

async function searchAndRead(page, claim) {
	await page.goto('/');
	claim('the first page shows works', await page.locator('a[href^="/works/"]').count() > 0);
	await page.getByRole('searchbox').first().fill('tea');
	await page.getByRole('searchbox').first().press('Enter');
	claim('the question is in the address', page.url().includes('/works?') && page.url().includes('q=tea'), page.url());
	claim('the box keeps the question', await page.getByRole('searchbox').first().inputValue() === 'tea');
	await page.goto('/works');
	await page.locator('article.blurb h2 a').first().click();
	claim('a work has a title', (await page.locator('h1').innerText()).length > 0);
	await page.locator('a[href*="/chapters/1"]').first().click();
	claim('a chapter has text', (await page.locator('.prose').innerText()).length > 200, page.url());
	const works = await (await page.request.get('/api/v1/works?chapters=%3E1')).json();
	await page.goto(`/works/${works.works[0].id}/chapters/1`);
	await page.locator('a[href$="/chapters/2"]').last().click();
	claim('the next chapter follows', page.url().endsWith('/chapters/2'), page.url());
}

async function filter(page, claim) {
	await page.goto('/works');
	const total = (await (await page.request.get('/api/v1/works')).json()).total;
	const facets = (await (await page.request.get('/api/v1/works')).json()).facets;
	const fandom = facets.fandom[0];
	await page.goto(`/works?include=${fandom.id}&per=100`);
	claim('as many works as were counted', await page.locator('article.blurb').count() === Math.min(fandom.count, 100), `${fandom.name}: ${fandom.count}`);
	claim('fewer than all', fandom.count < total, `${fandom.count} of ${total}`);
	claim('the filter can be taken away', await page.locator('.pills a').count() > 0);
	await page.locator('.pills a').first().click();
	claim('and is gone', !page.url().includes(`include=${fandom.id}`), page.url());
	await page.goto('/works');
	await page.locator('form.filter, #filter').first().locator('button').last().click();
	claim('the form asks a question', page.url().includes('/works'), page.url());
	claim('nothing chosen is everything', new RegExp(`\\b${total}\\b`).test(await page.locator('h1').innerText()), await page.locator('h1').innerText());
	await page.goto('/works?q=zzzzqqqq');
	claim('nothing found helps', await page.locator('main a').count() > 0 && await page.locator('article.blurb').count() === 0);
}

const count = text => Number((text.match(/([\d,]+) works?\b/) ?? ['', '-1'])[1].replaceAll(',', ''));

async function allTags(page, claim) {
	const { facets } = await (await page.request.get('/api/v1/works?complete=yes')).json();
	const character = facets.character[0];
	await page.goto('/works/facets?kind=character&complete=yes');
	claim('the question is kept', await page.locator('.pills a').count() === 1, page.url());
	await page.locator('#typed').fill(character.name.split(' ')[0]);
	await page.locator('#typed').press('Enter');
	claim('its name is found', (await page.locator('.facets').innerText()).includes(character.name), page.url());
	const row = page.locator('.facets li').filter({ hasText: character.name }).first();
	await row.getByRole('link', { name: `with ${character.name}`, exact: true }).click();
	claim('as many works as were counted', count(await page.locator('h1').innerText()) === character.count, await page.locator('h1').innerText());
	claim('it is chosen where it stands', await page.locator('.facets .chosen').count() === 1);
	await page.locator('.top .button').click();
	claim('and in the list', page.url().includes(`include=${character.id}`) && page.url().includes('complete=yes') && count(await page.locator('h1').innerText()) === character.count, page.url());
	await page.goBack();
	await page.getByRole('link', { name: `no longer with ${character.name}` }).first().click();
	claim('taken back it is gone', !page.url().includes('include='), page.url());
}

async function places(page, claim) {
	await settled(page);
	await page.goto('/works?q=text%3A%22of+the%22');
	claim('places are shown', await page.locator('.passages mark').count() > 0, await page.locator('main').innerText());
	const said = (await page.locator('.passages mark').first().innerText()).toLowerCase();
	await page.locator('.passages .where a').first().click();
	claim('the paragraph is the target', await page.locator('.prose :target').count() === 1, page.url());
	claim('and says it', (await page.locator('.prose :target').innerText()).toLowerCase().includes(said), said);
	claim('and is in sight', await page.locator('.prose :target').evaluate(e => { const box = e.getBoundingClientRect(); return box.top > 48 && box.top < innerHeight; }));
}

/** Waits until the texts of the samples are indexed. */
async function settled(page) {
	for (let i = 0; i < 60; i++) {
		const { ignored, total } = await (await page.request.get('/api/v1/works?q=text%3Athe')).json();
		if (total > 0 && ignored.length === 0) return;
		await page.waitForTimeout(250);
	}
}

async function remembers(page, claim) {
	await settled(page);
	const { works } = await (await page.request.get('/api/v1/works?lang=en&per=20')).json();
	const chapter = await (await page.request.get(`/api/v1/works/${works[0].id}/chapters/1`)).json();
	const words = chapter.text.split(/\s+/).slice(30, 46);
	words[4] = 'umbrella';
	words[9] = 'yesterday';
	await page.goto('/works?q=zzzzqqqq');
	await page.locator('.nothing').getByRole('link', { name: /I remember/ }).click();
	await page.locator('#line').fill(words.join(' '));
	await page.getByRole('button', { name: 'Look for it' }).click();
	claim('the chapter is found with two wrong words', await page.locator(`.recalled a[href^="/works/${works[0].id}/chapters/1"]`).count() > 0, await page.locator('main').innerText());
	claim('the line is still there', (await page.locator('#line').inputValue()).includes('umbrella'));
	await page.goto('/remember?line=zzzz+qqqq+xxxx&fandom=nothing+of+the+kind&since=soon');
	claim('what is not found is no error', await page.locator('.tips li').count() > 0);
}

async function moreLikeThis(page, claim) {
	const { works } = await (await page.request.get('/api/v1/works?per=100')).json();
	for (const work of works) {
		const { works: alike } = await (await page.request.get(`/api/v1/works/${work.id}/alike`)).json();
		if (alike.length === 0) continue;
		await page.goto(`/works/${work.id}`);
		await page.getByRole('link', { name: 'More like this' }).click();
		claim('as many as the API tells', await page.locator('article.blurb').count() === alike.length, page.url());
		const reason = page.locator('.reasons a').first();
		const name = await reason.locator('bdi').innerText();
		await reason.click();
		claim('a struck reason is listed', (await page.locator('.struck').innerText()).includes(name), name);
		claim('and is no reason', !(await page.locator('.reasons bdi').allInnerTexts()).includes(name), name);
		await page.locator('.struck a').first().click();
		claim('and can count again', await page.locator('.struck').count() === 0, page.url());
		return;
	}
	claim('some work is like another', false);
}

async function changeTheme(page, claim) {
	await page.goto('/works');
	const before = page.url();
	await page.getByRole('link', { name: /Aa/ }).first().click();
	await page.locator('input[name=theme][value=sepia]').check({ force: true });
	await page.locator('main form button').last().click();
	claim('the theme is kept', await page.locator('html').getAttribute('data-theme') === 'sepia');
	await page.goto(before);
	claim('on every page', await page.locator('html').getAttribute('data-theme') === 'sepia');
}

async function download(page, claim) {
	const { works } = await (await page.request.get('/api/v1/works?per=20')).json();
	await page.goto(`/works/${works[0].id}`);
	for (const [format, start] of [['epub', 'PK'], ['html', '<'], ['md', ''], ['txt', '']]) {
		claim(`${format} is offered`, await page.locator(`a[href$=".${format}"]`).count() > 0);
		const one = await page.request.get(`/works/${works[0].id}.${format}`);
		const two = await page.request.get(`/works/${works[0].id}.${format}`);
		const body = await one.body();
		claim(`${format} comes`, one.ok() && body.length > 100 && body.toString('latin1').startsWith(start), one.status());
		claim(`${format} is the same twice`, body.equals(await two.body()));
		claim(`${format} has a tag`, Boolean(one.headers().etag));
	}
}

async function bringIn(page, claim) {
	await page.goto('/import');
	await page.locator('input[type=file]').setInputFiles([story('A Lantern for Scriptless Readers'), empty]);
	await page.locator('main form button').last().click();
	claim('the import has a page', /\/imports\/\d+$/.test(page.url()), page.url());
	for (let i = 0; i < 40 && !(await page.locator('main').innerText()).includes('A Lantern for Scriptless Readers'); i++) {
		await page.waitForTimeout(250);
		await page.reload();
	}
	const text = await page.locator('main').innerText();
	claim('the story is in', text.includes('A Lantern for Scriptless Readers'), text);
	claim('the empty file is refused in a sentence', /empty/i.test(text), text);
	await page.getByRole('link', { name: 'A Lantern for Scriptless Readers' }).first().click();
	claim('and can be opened', (await page.locator('h1').innerText()).includes('A Lantern for Scriptless Readers'));
	await page.goBack();
	await page.getByRole('button', { name: /discard/i }).first().click();
	claim('and taken out again', /discarded/i.test(await page.locator('main').innerText()), await page.locator('main').innerText());
}

async function bringInNothing(page, claim) {
	page.expected.push(/422/);
	await page.goto('/import');
	const answer = page.waitForResponse(r => r.request().method() === 'POST');
	await page.locator('main form button').last().click();
	claim('says so', (await answer).status() === 422 && (await page.locator('main').innerText()).includes('problem'), await page.locator('main').innerText());
}

async function lost(page, claim) {
	page.expected.push(/404/);
	for (const path of ['/works/1', '/works/99999999999999999999', '/tags/zzz', '/works?page=100000', '/nowhere', '/imports/7']) {
		const answer = await page.goto(path);
		claim(`${path} is a helpful page`, answer.status() === 404 && await page.locator('main a').count() > 0, answer.status());
	}
	for (const path of ['/works?q=%28%28%28', '/works?words=abc&include=zzz&sort=no', '/works?q=%ff%fe'])
		claim(`${path} is answered`, (await page.goto(path)).status() === 200, path);
}
