// A small archive that never was, as a dump of its database with the texts in it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const tables = {
	settings: [
		{ sitekey: 'KEY', sitename: 'The Lamplight Archive', slogan: 'Stories for long evenings', url: 'http://lamplight.example/efic', tableprefix: '', storiespath: 'stories', store: 'mysql', version: '3.5.3' },
	],
	categories: [{ catid: 1, parentcatid: -1, category: 'Lantern Keepers', description: '', numitems: 2 }],
	ratings: [{ rid: 1, rating: 'PG-13', ratingwarning: '', warningtext: '' }],
	authors: [
		{ uid: 7, penname: 'Wren Tolliver', realname: '', email: 'wren@lamplight.example', bio: 'I write at night.', date: '2003-05-02 10:00:00' },
		{ uid: 8, penname: 'Ashby Vale', realname: '', email: 'ashby@lamplight.example', bio: '', date: '2003-06-02 10:00:00' },
	],
	stories: [
		{ sid: 12, title: 'The Lamp Oil', summary: 'Who fills it?', catid: '1', classes: '', charid: '', rid: '1', date: '2004-01-02 20:00:00', updated: '2004-02-02 20:00:00', uid: 7, coauthors: '0', featured: '0', validated: '1', completed: '1', rr: '0', wordcount: 240, rating: 0, reviews: 1, count: 7 },
		{ sid: 13, title: 'The Other Lamp', summary: 'Who broke it?', catid: '1', classes: '', charid: '', rid: '1', date: '2004-03-02 20:00:00', updated: '2004-03-02 20:00:00', uid: 8, coauthors: '0', featured: '0', validated: '1', completed: '1', rr: '0', wordcount: 120, rating: 0, reviews: 0, count: 3 },
	],
	chapters: [
		{ chapid: 31, title: 'Evening', inorder: 1, notes: '', storytext: text('evening'), endnotes: '', validated: '1', wordcount: 120, rating: 0, reviews: 1, sid: 12, uid: 7, count: 5 },
		{ chapid: 32, title: 'Morning', inorder: 2, notes: '', storytext: text('morning'), endnotes: '', validated: '1', wordcount: 120, rating: 0, reviews: 0, sid: 12, uid: 7, count: 4 },
		{ chapid: 33, title: 'Night', inorder: 1, notes: '', storytext: text('night'), endnotes: '', validated: '1', wordcount: 120, rating: 0, reviews: 0, sid: 13, uid: 8, count: 3 },
	],
	series: [{ seriesid: 3, title: 'Evenings', summary: 'All the evenings.', uid: 7, isopen: 0, catid: '1', rating: 0, classes: '', characters: '', reviews: 0, numstories: 2 }],
	inseries: [{ seriesid: 3, sid: 12, subseriesid: 0, confirmed: 1, inorder: 1 }, { seriesid: 3, sid: 13, subseriesid: 0, confirmed: 1, inorder: 2 }],
	reviews: [{ reviewid: 1, item: 12, chapid: 31, reviewer: 'A reader', uid: 0, review: 'Lovely, lovely.<br><br><i>Author\'s Response: Thank you!</i>', date: '2006-04-03 19:34:02', rating: 0, respond: '1', type: 'ST' }],
	messages: [{ message_id: 1, message_name: 'rules', message_title: 'Rules', message_text: '<p>Be kind to each other.</p>' }],
};

function text(hour) {
	return Array.from({ length: 6 }, (_, n) => `<p>In the ${hour} of day ${n + 1} the keeper filled the lamp again, counted the ships, and wrote their names down.</p>`).join('\n');
}

/** Writes the dump into a folder and returns its name. Reviews besides, and another name, may be given. */
export function archive(folder, reviews = [], name = 'lamplight') {
	const whole = { ...tables, reviews: [...tables.reviews, ...reviews] };
	if (name !== 'lamplight') whole.settings = [{ ...tables.settings[0], sitename: name, url: `http://${name}/efic` }];
	const quoted = value => (typeof value === 'number' ? value : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\0', '\\0')}'`);
	const dump = Object.entries(whole).map(([name, rows]) => {
		const columns = Object.keys(rows[0]);
		return `CREATE TABLE \`fanfiction_${name}\` (\n${columns.map(c => `  \`${c}\` ${typeof rows[0][c] === 'number' ? 'int(11)' : 'text'} NOT NULL`).join(',\n')}\n) ENGINE=MyISAM;\n`
			+ `INSERT INTO \`fanfiction_${name}\` VALUES ${rows.map(row => `(${columns.map(c => quoted(row[c])).join(',')})`).join(',')};\n`;
	});
	const file = join(folder, `${name}.sql`);
	writeFileSync(file, `-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\n${dump.join('\n')}`);
	return file;
}
