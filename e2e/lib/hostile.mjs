// Hostile texts: those that we make, and collections that stand beside the checkout.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that run a script by themselves in a page that shows them as they are. */
export const sharp = [
	'<script>alert(1)</script>', '<ScRiPt>alert(1)</sCrIpT>', '<script/x>alert(1)</script>', '<script>/*<p>*/alert(1)</script>',
	'<img src=x onerror=alert(1)>', '<img src=x OnErRoR="alert(1)">', '<img/src=x/onerror=alert(1)>', '<img\nsrc=x\nonerror\n=\nalert(1)>', "<img src='x' onerror='alert(1)'>",
	'<img src=x onerror=&#97;lert(1)>', '<img src=x onerror=&#x61;&#x6c;ert(1)>', '<img src="x"onerror="alert(1)">', '<image src=x onerror=alert(1)>',
	'<svg onload=alert(1)>', '<svg/onload=alert(1)>', '<svg><script>alert(1)</script></svg>', '<svg><script>alert&#40;1)</script></svg>', '<svg><g onload=alert(1)></g></svg>',
	'<svg><animate onbegin=alert(1) attributeName=x dur=1s>', '<svg><set onbegin=alert(1) attributeName=x>', '<svg><image href=x onerror=alert(1)>', '<svg><style><img src=x onerror=alert(1)></style>',
	'<body onload=alert(1)>', '<body onpageshow=alert(1)>', '<iframe src="javascript:parent.alert(1)"></iframe>', '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>', '<iframe onload=alert(1)></iframe>',
	'<object data=x onerror=alert(1)></object>', '<embed src="javascript:alert(1)" onload=alert(1)>', '<video src=x onerror=alert(1)></video>', '<video><source onerror=alert(1) src=x></video>', '<audio src=x onerror=alert(1)></audio>',
	'<input autofocus onfocus=alert(1)>', '<textarea autofocus onfocus=alert(1)></textarea>', '<select autofocus onfocus=alert(1)></select>', '<button autofocus onfocus=alert(1)>x</button>', '<a href=x autofocus onfocus=alert(1)>x</a>',
	'<p tabindex=1 autofocus onfocus=alert(1)>x</p>', '<details open ontoggle=alert(1)><summary>x</summary></details>', '<marquee onstart=alert(1)>x</marquee>', '<style onload=alert(1)></style>', '<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=alert(1)>x</b>',
	'<link rel=stylesheet href=x onerror=alert(1)>', '<link rel=stylesheet href="data:text/css,a{}" onload=alert(1)>', '<math><mtext></mtext><img src=x onerror=alert(1)></math>', '<table><img src=x onerror=alert(1)></table>', '<table><td background=x><script>alert(1)</script>',
	'<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<title><p title="</title><img src=x onerror=alert(1)>">', '<xmp><p title="</xmp><img src=x onerror=alert(1)>">', '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
	'<style><p title="</style><img src=x onerror=alert(1)>">', '<iframe><p title="</iframe><img src=x onerror=alert(1)>">', '<noembed><p title="</noembed><img src=x onerror=alert(1)>">', '<!--><img src=x onerror=alert(1)>-->', '<!-- --!><img src=x onerror=alert(1)>-->',
	'<![CDATA[><img src=x onerror=alert(1)>]]>', '<?x ><img src=x onerror=alert(1)>?>', '</p/<img src=x onerror=alert(1)>', '<math><mi><style><img src=x onerror=alert(1)></style>', '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
	'<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>', '<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>',
	'<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>', '<svg><desc><img src=x onerror=alert(1)></desc></svg>', '<select><option><img src=x onerror=alert(1)></select>', '<a><p><img src=x onerror=alert(1)></a>',
];

/** Texts that need more than to be shown, or do other harm than a script. */
const blunt = [
	'<a href="javascript:alert(1)">x</a>', '<a href="jAvAsCrIpT:alert(1)">x</a>', '<a href="java\nscript:alert(1)">x</a>', '<a href="&#106;avascript:alert(1)">x</a>', '<a href=" \u0001javascript:alert(1)">x</a>', '<a href="javascript&colon;alert(1)">x</a>', '<a href="java&Tab;script:alert(1)">x</a>',
	'<a href="vbscript:x">x</a>', '<a href="data:text/html,<script>alert(1)</script>">x</a>', '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>', '<a href="//evil.invalid/">x</a>', '<a href="/\\evil.invalid/">x</a>', '<a href="blob:x">x</a>', '<a href="feed:javascript:alert(1)">x</a>', '<a href="view-source:javascript:alert(1)">x</a>',
	'<a href="https://evil.invalid" target=_blank ping="https://evil.invalid">x</a>', '<area href="javascript:alert(1)">', '<base href="//evil.invalid/">', '<base href="javascript:/a/-alert(1)///">', '<meta http-equiv=refresh content="0;url=javascript:alert(1)">', '<meta http-equiv=refresh content="0;url=https://evil.invalid/">',
	'<form action="javascript:alert(1)"><input type=submit id=x></form>', '<form id=main><input name=innerHTML>', '<button form=x formaction="javascript:alert(1)">x</button>', '<isindex action="javascript:alert(1)" type=submit>',
	'<img src="https://evil.invalid/x.png">', '<img srcset="https://evil.invalid/x.png 1x">', '<img src="data:image/svg+xml,<svg onload=alert(1)>">', '<picture><source srcset="https://evil.invalid/x.png"><img></picture>', '<input type=image src="https://evil.invalid/x">', '<body background="https://evil.invalid/x">', '<table background="https://evil.invalid/x">',
	'<video poster="https://evil.invalid/x"></video>', '<link rel=prefetch href="https://evil.invalid/">', '<link rel=stylesheet href="https://evil.invalid/">', '<style>@import "https://evil.invalid/";</style>', '<style>*{background:url(https://evil.invalid/)}</style>', '<p style="background:url(https://evil.invalid/)">x</p>', '<p style="position:fixed;inset:0;z-index:9999">x</p>', '<iframe src="https://evil.invalid/"></iframe>', '<object data="https://evil.invalid/"></object>', '<embed src="https://evil.invalid/">', '<frameset><frame src="https://evil.invalid/"></frameset>', '<svg><use href="https://evil.invalid/#x"></use></svg>', '<svg><image href="https://evil.invalid/x"></image></svg>', '<math href="javascript:alert(1)">x</math>',
	'<img name=getElementById>', '<form name=body>', '<a id=main name=main>x</a>', '<p id=filter>x</p>', '<input name=attributes>', '<img id=documentElement>', '<object id=location></object>', '<iframe name=top></iframe>',
	'</div></section></article></main>', '</p></div></div></div><footer>', '</main><main id=main>', '<div></div></div></div>', '</body></html>', '<!--', '<!-- -', '<![CDATA[', '<script>', '<style>', '<title>', '<textarea>', '<xmp>', '<plaintext>', '<noscript>', '<iframe>', '<select>', '<template>', '<svg>', '<math>', '<table>', '<table><tr><td>', '<table><caption>', '<a href="', "<a href='x", '<img alt="', '<p title="<p>', '<frameset>', '<dialog open>', '<h1>', '<ul><li>', '<dl><dt>', '<ruby><rt>', '<button>', '<form>', '<nobr>', '<details>', '<fieldset><legend>', '<b><i><u>', '<font size=7>', '<center>', '<pre>\n\n', '<listing>', '<blink>', '<bdo dir=rtl>x', '\u202ex', '\u0000<b>\u0000', '<\u0000script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;', '&amp;lt;img src=x onerror=alert(1)&amp;gt;', '<p lang="en" onclick=alert(1)>x</p>', '<ol start="-1e9"><li>x', '<td colspan=999999>x', '<col span=999999>', '<li value=9e9>x', '<q><q><q>x', '<marquee>x', '<slot name=x>', '<x-y is=z>', '<p is="x-y">x',
];

const ways = [
	s => s,
	s => s.replace(/<(\/?)([a-z]+)/gi, (_, slash, name) => `<${slash}${[...name].map((c, i) => (i % 2 ? c.toUpperCase() : c.toLowerCase())).join('')}`),
	s => s.replace(/alert/g, '&#x61;lert').replace(/javascript/gi, 'java&#10;script'),
	s => s.replaceAll(' ', '\f'), s => s.replaceAll('>', ' >'), s => s.replace(/>$/, ''), s => s.replaceAll('"', "'"), s => s.replaceAll('<', '<\u0000'), s => `${s}${s}`,
	s => `<p>${s}</p>`, s => `<svg>${s}</svg>`, s => `<math>${s}</math>`, s => `<svg><foreignObject>${s}`, s => `<svg><title>${s}</title>`, s => `<svg><desc>${s}`, s => `<math><mtext>${s}`, s => `<math><annotation-xml encoding="application/xhtml+xml">${s}`, s => `<math><mi><mglyph>${s}`,
	s => `<template>${s}</template>`, s => `<noscript>${s}</noscript>`, s => `<select><option>${s}</select>`, s => `<select><template>${s}`, s => `<table>${s}</table>`, s => `<table><tr>${s}`, s => `<table><caption>${s}`, s => `<table><colgroup>${s}`, s => `<form><math><mtext></form><form><mglyph><style></math>${s}`, s => `<style>${s}</style>`, s => `<textarea>${s}</textarea>`, s => `<title>${s}</title>`, s => `<!--${s}-->`, s => `<![CDATA[${s}]]>`, s => `<p title="${s}">x</p>`, s => `<a title='${s}' href=x>y</a>`, s => `<img alt="${s.replaceAll('"', '&quot;')}" src=x>`, s => `<a href="${s.replaceAll('"', '&quot;')}">y</a>`,
	s => `<b><p></b>${s}</p>`, s => `<a><div></a>${s}`, s => '<div>'.repeat(120) + s, s => '<b>'.repeat(600) + s, s => `<ruby><rt>${s}`, s => `<details><summary>${s}`, s => `<svg></p>${s}`, s => `<math></p><style>${s}`, s => `<pre>\n${s}`, s => `<blockquote><ul><li>${s}`, s => `<iframe srcdoc="${s.replaceAll('"', '&quot;')}"></iframe>`, s => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), s => `<xmp>${s}</xmp>`, s => `<object>${s}</object>`, s => `<video>${s}</video>`,
];

/** At least a thousand variants: each text as it is, and in ways that go round with their numbers. */
export function variants(each = 5) {
	const all = new Set();
	[...sharp, ...blunt].forEach((text, i) => {
		all.add(text);
		for (let k = 0; k < each; k++) all.add(ways[1 + ((i * 7 + k * 11) % (ways.length - 1))](text));
	});
	return [...all];
}

/** All variants, in each way. */
export function allVariants() { return [...new Set(ways.flatMap(way => [...sharp, ...blunt].map(way)))]; }

/** Every text of the collections beside the checkout; none where there are none. */
export function collected(root) {
	const folder = join(root, '..', 'shared', 'badinputs');
	const all = new Set();
	const strings = value => {
		if (typeof value === 'string') all.add(value);
		else if (value && typeof value === 'object') Object.values(value).forEach(strings);
	};
	const walk = path => {
		for (const name of readdirSync(path)) {
			const file = join(path, name);
			if (statSync(file).isDirectory()) { walk(file); continue; }
			if (/\.(png|jpg|gif|zip)$/.test(name) || statSync(file).size > 1 << 20) continue;
			const text = readFileSync(file, 'utf8');
			if (/\.(json|test)$/.test(name)) {
				try { strings(JSON.parse(text)); } catch { all.add(text); }
			} else if (/\.txt$/.test(name)) text.split('\n').forEach(line => all.add(line));
			else if (/\.dat$/.test(name)) text.split('#data\n').forEach(part => all.add(part.split('\n#')[0]));
			else all.add(text);
		}
	};
	for (const part of ['xss', 'html', 'naughty', 'json', 'ssrf-redirect', 'xxe', 'sqli'])
		if (existsSync(join(folder, part))) walk(join(folder, part));
	return [...all].filter(text => text.trim() && text.length < 200_000);
}
