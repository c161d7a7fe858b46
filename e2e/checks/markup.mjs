// Every page is valid HTML with one h1 and its landmarks, as the server sends it.

import { HtmlValidate } from 'html-validate';
import { check } from '../lib/report.mjs';

const validator = new HtmlValidate({
	root: true,
	extends: ['html-validate:recommended', 'html-validate:document'],
	rules: {
		// Matters of spelling, which are the templates' own.
		'no-trailing-whitespace': 'off',
		'void-style': 'off',
		'attribute-boolean-style': 'off',
		'attribute-empty-style': 'off',
		'no-inline-style': 'error',
		'long-title': 'off', // titles are as long as works are called
		'text-content': 'error',
		'heading-level': 'off', // stories have headings of their own; see outline in access.mjs
		'tel-non-breaking': 'off', // numbers here are counts
		'require-sri': 'off', // only our own files
		'form-dup-name': 'off', // parameters of listings may be given many times
		'no-implicit-button-type': 'off', // a button in a form submits, as the standard says
	},
});

export async function markup(address, paths) {
	for (const path of paths) {
		const answer = await fetch(address + path);
		const html = await answer.text();
		const type = answer.headers.get('content-type') ?? '';
		if (!check(`${path}: is HTML`, type.startsWith('text/html'), type)) continue;
		check(`${path}: is no broken page`, answer.status < 500, answer.status);
		const report = await validator.validateString(html, path);
		const messages = report.results.flatMap(r => r.messages).filter(m => m.severity === 2);
		const lines = html.split('\n');
		check(`${path}: valid HTML`, messages.length === 0, messages.slice(0, 6).map(m =>
			`${m.line}:${m.column} ${m.ruleId}: ${m.message}\n  ${(lines[m.line - 1] ?? '').slice(Math.max(0, m.column - 40), m.column + 80)}`).join('\n'));
		check(`${path}: one h1`, (html.match(/<h1[\s>]/g) ?? []).length === 1);
		for (const landmark of ['main', 'header']) check(`${path}: has ${landmark}`, html.includes(`<${landmark}`));
		check(`${path}: has a language and a title`, /<html[^>]* lang="[^"]+"/.test(html) && /<title>[^<]+<\/title>/.test(html));
		headers(path, answer.headers);
	}
}

function headers(path, headers) {
	const policy = headers.get('content-security-policy') ?? '';
	check(`${path}: a strict policy`, policy.includes("default-src 'none'") && !policy.includes('unsafe'), policy);
	check(`${path}: nosniff`, headers.get('x-content-type-options') === 'nosniff');
}
