import { parseQuery } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { CREDENTIAL_NAMES } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { CREDENTIALS, PATHS, type Path } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { type PathDetail, type PathNumbers, type PayQuartiles, pathDetail, weeklyNumbers } from '../../store/feed/numbers.ts';
import { feedPage } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { askable } from '../filter-query.ts';
import type { Guide } from '../guides.ts';
import { weeksChart } from '../view/chart.ts';
import { jobCard } from '../view/job-card.ts';
import { layout } from '../view/layout.ts';
import { count, dollars, percent, plural, words } from '../view/words.ts';

const WEEKS = 26;
const NEWEST = 5;

/** One path: the guide in our words, the numbers of today. */
export async function pathPage(web: Web, path: Path, all: readonly PathNumbers[]): Promise<Html> {
  const { db, guides } = web;
  const query = `path=${path}`;
  const filter = parseQuery(query);
  const [detail, weeks, newest] = await Promise.all([
    pathDetail(db, path),
    weeklyNumbers(db, filter, WEEKS),
    feedPage(db, { ...filter, limit: NEWEST }, {}),
  ]);
  const row = all.find(({ path: name }) => name === path);
  const guide = guides[path];
  const { name } = PATHS[path];
  const now = await databaseNow(web.db);
  const body = html`<div class="wide page"><header class="head"><p class="crumbs"><a href="/paths">Paths</a></p><h1>${name}</h1><p class="lead">${guide.summary}</p></header>
${tiles(path, row)}
<div class="split"><div class="guide">${told(guide)}</div>
<aside aria-label="In numbers">
${(row?.open ?? 0) > 0 && roles(path, row)}
${certifications(path, detail)}
</aside></div>
<section aria-labelledby="time"><h2 id="time">Over time</h2>${weeksChart(weeks, `${name} jobs`)}</section>
${payTable(detail, row)}
<section aria-labelledby="newest"><h2 id="newest">Newest jobs</h2>
${newest.items.length > 0 ? html`<ul class="jobs">${newest.items.map(posting => html`<li>${jobCard(posting, now)}</li>`)}</ul>` : html`<p class="empty">Nothing is open on this path today. Follow its feed, and the next one comes to you.</p>`}
<p class="ways"><a class="button" href="/jobs?${query}">All ${name.toLowerCase()} jobs</a> <a href="${FORMATS.rss.path}?${query}">RSS</a> <a href="${FORMATS.atom.path}?${query}">Atom</a> <a href="${FORMATS.json.path}?${query}">JSON Feed</a></p></section></div>`;
  return layout(web, {
    title: `${name}: what it is, and ${plural(row?.open ?? 0, 'open job')}`,
    description: guide.summary,
    path: `/paths/${path}`,
    feed: { title: `${name} jobs`, query },
    section: 'paths',
    body,
  });
}

function told(guide: Guide): Html {
  const list = (items: readonly string[]) => html`<ul>${items.map(item => html`<li>${item}</li>`)}</ul>`;
  return html`<section><h2>What the job is</h2><p>${guide.what}</p></section>
<section><h2>A typical day</h2>${list(guide.day)}</section>
<section><h2>What it asks</h2>${list(guide.asks)}</section>
<section><h2>How to get there</h2><ol>${guide.route.map(step => html`<li>${step}</li>`)}</ol></section>
<div class="both"><section class="pros"><h2>Speaks for it</h2>${list(guide.pros)}</section><section class="cons"><h2>Think twice</h2>${list(guide.cons)}</section></div>`;
}

function tiles(path: Path, row: PathNumbers | undefined): Html {
  const open = row?.open ?? 0;
  const share = (part: number) => (open === 0 ? 'none' : percent(part, open));
  const cells: [string, string, Html | string | false][] = [
    ['Open now', count(open), open > 0 && html`<a href="/jobs?path=${path}">see all</a>`],
    ['New this week', count(row?.new_this_week ?? 0), false],
    ['Remote', share(row?.remote ?? 0), open > 0 && `${share(row?.hybrid ?? 0)} hybrid`],
    ['Open to assistants', share(row?.open_to_assistants ?? 0), 'OTA or PTA may apply'],
    ['Median pay', row?.pay ? dollars(row.pay.median) : 'not stated', row?.pay ? `a year, from ${plural(row.pay.n, 'posting')}` : false],
  ];
  return html`<dl class="numbers">${cells.map(([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}${more && html`<small>${more}</small>`}</dd></div>`)}</dl>`;
}

function roles(path: Path, row: PathNumbers | undefined): Html {
  return html`<h2 class="side">Roles</h2><ul class="facet">${PATHS[path].roles.map(role => {
    const open = row?.roles.find(found => found.role === role)?.open ?? 0;
    return html`<li><a href="/jobs?role=${role}"><span>${words(role)}</span><span class="n">${count(open)}</span></a></li>`;
  })}</ul>`;
}

function certifications(path: Path, { certifications: rows }: PathDetail): Html | false {
  const shown = rows.filter(({ name }) => askable('certification', name));
  if (shown.length === 0) return false;
  return html`<h2 class="side">Certifications asked for</h2><ul class="facet">${shown.map(
    ({ name, required, preferred }) =>
      html`<li><a href="/jobs?certification=${encodeURIComponent(name.toLowerCase())}&amp;path=${path}"><span>${name}</span><span class="n">${[required > 0 && `${count(required)} required`, preferred > 0 && `${count(preferred)} preferred`].filter(Boolean).join(', ')}</span></a></li>`,
  )}</ul>`;
}

function payTable({ pay_by_credential }: PathDetail, row: PathNumbers | undefined): Html | false {
  if (!row?.pay) return false;
  const line = (name: Html | string, pay: PayQuartiles | null) =>
    pay &&
    html`<tr><th scope="row">${name}</th><td class="num">${dollars(pay.lower)}</td><td class="num"><strong>${dollars(pay.median)}</strong></td><td class="num">${dollars(pay.upper)}</td><td class="num">${count(pay.n)}</td></tr>`;
  return html`<section aria-labelledby="pay"><h2 id="pay">Pay</h2><div class="scroll" role="region" aria-labelledby="pay" tabindex="0"><table>
<caption>US dollars a year, the middle of each stated range: a quarter of the postings pays less than the lower figure, a quarter more than the upper.</caption>
<thead><tr><th scope="col">Open to</th><th scope="col" class="num">Lower quarter</th><th scope="col" class="num">Median</th><th scope="col" class="num">Upper quarter</th><th scope="col" class="num">Postings</th></tr></thead>
<tbody>${line('all', row.pay)}${CREDENTIALS.map(credential => line(html`<abbr title="${CREDENTIAL_NAMES[credential]}">${credential}</abbr>`, pay_by_credential[credential]))}</tbody></table></div></section>`;
}
