import { employerAddress } from '../../feed/employer.ts';
import { askable, parseQuery } from '../../feed/filter.ts';
import { FORMATS } from '../../feed/render.ts';
import { aCredential, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { hour } from '../../http/clocks.ts';
import { type Html, html } from '../../http/html.ts';
import { type Credential, PATHS, type Path } from '../../posting/taxonomy.ts';
import { databaseNow } from '../../store/clock.ts';
import { takeNoneTotal } from '../../store/feed/counts.ts';
import { postingTexts } from '../../store/feed/evidence.ts';
import type { PathNumbers } from '../../store/feed/numbers.ts';
import { type PathToday, pathToday } from '../../store/feed/path-today.ts';
import { sortedPage } from '../../store/feed/postings.ts';
import type { Web } from '../context.ts';
import { at, withValue } from '../filter-query.ts';
import { forAddress } from '../for-address.ts';
import { postedChart } from '../view/chart.ts';
import { credentialLinks } from '../view/credential-links.ts';
import { credentialSwitch } from '../view/credential-switch.ts';
import { guideSections } from '../view/guide-sections.ts';
import { layout } from '../view/layout.ts';
import { payAgainst, payShort, payTable } from '../view/path-pay.ts';
import { shareTable } from '../view/share-table.ts';
import { subscribeBox } from '../view/subscribe-form.ts';
import { wordedJobs } from '../view/worded-jobs.ts';
import { count, MIN_SHARE, percent, plural, words } from '../view/words.ts';

const NEWEST = 5;
const EMPLOYERS = 8;

type Today = Omit<PathToday, 'numbers'> & {
  path: Path;
  credential: Credential | null;
  /** The filter of the page's jobs, feeds and mails. */
  query: string;
  row: PathNumbers | undefined;
  /** Open postings that take none of the five. */
  none: number;
};

/** One path: the guide in our words, the numbers of today, and for one credential its jobs. */
export async function pathPage(web: Web, path: Path, credential: Credential | null): Promise<Html> {
  const { db, guides } = web;
  const query = credential ? withValue(`path=${path}`, 'credential', credential) : `path=${path}`;
  const filter = parseQuery(query);
  const { cached } = web.revisions;
  const [{ numbers, ...told }, none, newest] = await Promise.all([
    cached(`path today ${path} ${hour()}`, () => pathToday(db, path, EMPLOYERS)),
    cached(`take none path=${path}`, () => takeNoneTotal(db, parseQuery(`path=${path}`))),
    sortedPage(db, { ...filter, limit: NEWEST }, { by: 'posted' }, null),
  ]);
  const { openings, pay } = told;
  const row = numbers ?? undefined;
  const today: Today = { path, credential, query, row, ...told, none: none.value };
  const texts = await postingTexts(
    db,
    newest.items.map(({ id }) => id),
  );
  const now = await databaseNow(db);
  const { name } = PATHS[path];
  const page = `/paths/${path}`;
  const jobs = wordedJobs(newest.items, { credential, texts, now });
  const body = html`<div class="wide page path"><header class="head"><p class="crumbs"><a href="/paths">Paths</a></p><h1>${name}</h1><p class="lead">${guides[path].summary}</p>
<p class="ways"><a href="#what">What the job is</a> <a href="#route">How to get there</a> <a href="#newest">Newest jobs</a></p>
${credentialSwitch(credential, chosen => at(page, chosen ? `credential=${chosen}` : ''))}</header>
${tiles(today)}
<div class="split"><div><section aria-labelledby="who"><h2 id="who">Who can apply today</h2>${whoCanApply(today)}</section>
<section aria-labelledby="time"><h2 id="time">Posted each week</h2>${postedChart(openings.weeks, openings.since) || html`<p class="muted">Nothing was ever read for this path. Counting begins with its first job.</p>`}</section></div>
<aside aria-label="More about this path">${hiringNow(today)}
${(row?.open ?? 0) > 0 && roles(path, row)}
${certifications(today)}
<h2 class="side">Is it for you?</h2><p><a href="/start">Take the quiz</a>: it sorts all paths by what you want.</p></aside></div>
<section aria-labelledby="newest"><h2 id="newest">Newest jobs${credential && ` for ${aCredential(credential)}`}</h2>
${newest.items.length > 0 ? jobs : html`<p class="empty">${nothingOpen(today)}</p>`}
${follow(today)}</section>
${web.subscriptions && html`<section aria-label="Mail">${subscribeBox(query)}</section>`}
${payTable(pay, credential && payAgainst(credential, pay.by[credential]))}
<div class="guide">${guideSections(guides[path], { roles: new Map((row?.roles ?? []).map(({ role, open }) => [role, open])) })}</div></div>`;
  return layout(web, {
    title: `${name}: what it is, and ${plural(row?.open ?? 0, 'open job')}`,
    description: guides[path].summary,
    path: page,
    feed: { title: `${name} jobs`, query },
    section: 'paths',
    credential,
    body,
  });
}

/** Numbers in a sentence each; a share only of enough postings. */
function tiles({ row, none, openings, pay, credential }: Today): Html {
  const open = row?.open ?? 0;
  const share = (part: number) => (open >= MIN_SHARE ? ` (${percent(part, open)})` : '');
  const stated = credential ? pay.by[credential] : pay.all;
  const paid = payShort(stated);
  const forWhom = credential ? `, for ${CREDENTIAL_SHORT[credential]}` : '';
  const cells: [number | string, string][] = [
    [count(open), `open ${open === 1 ? 'job' : 'jobs'}${none > 0 ? `, ${count(none)} more for none of the five` : ''}`],
    [count(openings.fresh), 'posted in the last 7 days'],
    [count(row?.remote ?? 0), `remote${share(row?.remote ?? 0)}${row && row.hybrid > 0 ? `, ${count(row.hybrid)} hybrid` : ''}`],
    [
      count(row?.open_to_assistants ?? 0),
      `${row?.open_to_assistants === 1 ? 'takes' : 'take'} an assistant${share(row?.open_to_assistants ?? 0)}`,
    ],
    paid
      ? [paid.value, `${paid.told}${forWhom}`]
      : ['–', `${stated.weekly > 0 ? 'pay is stated by the week only' : 'no pay is stated'}${forWhom}`],
  ];
  return html`<dl class="numbers">${cells.map(([value, label]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function whoCanApply({ path, row, openings, none, credential: chosen }: Today): Html {
  const open = row?.open ?? 0;
  if (open === 0) return html`<p class="muted">Nothing is open on this path today.</p>`;
  const others =
    none > 0 &&
    html` <a rel="nofollow" href="${at('/jobs', `include=barred&path=${path}`)}">${count(none)} more</a> ${none === 1 ? 'takes' : 'take'} none of the five, often nurses only, so read the words first.`;
  return html`${shareTable(openings.takes, open, 'Open jobs on this path that each credential can apply to', credential => at('/jobs', withValue(`path=${path}`, 'credential', credential)))}
<p class="note">Of ${plural(open, 'open job')}.${others}</p>
<p class="note">${onAllPaths(chosen)}</p>`;
}

/** Who can apply is told of one path here; of all of them on the page of a credential. */
function onAllPaths(credential: Credential | null): Html {
  if (credential) return html`<a href="${forAddress(credential)}">What is open to ${aCredential(credential)}</a> on all paths.`;
  return html`On all paths, what is open to ${credentialLinks()}.`;
}

function nothingOpen({ credential, row }: Today): string {
  return credential && (row?.open ?? 0) > 0
    ? `Nothing on this path takes ${aCredential(credential)} today. Follow its feed, and the next one comes to you.`
    : 'Nothing is open on this path today. Follow its feed, and the next one comes to you.';
}

function follow({ path, query, credential }: Today): Html {
  const forWhom = credential ? ` for ${aCredential(credential)}` : '';
  return html`<p class="ways"><a class="button" href="${at('/jobs', query)}">All ${PATHS[path].name.toLowerCase()} jobs${forWhom}</a> <a href="${at(FORMATS.rss.path, query)}">RSS</a> <a href="${at(FORMATS.atom.path, query)}">Atom</a> <a href="${at(FORMATS.json.path, query)}">JSON Feed</a></p>`;
}

function hiringNow({ hiring, credential }: Today): Html | false {
  const shown = hiring.flatMap(employer => {
    const address = employerAddress(employer.name);
    return address ? [{ ...employer, address }] : [];
  });
  if (shown.length === 0) return false;
  return html`<h2 class="side">Hiring now</h2><ul class="told">${shown.map(employer => {
    const takes = credential && `, ${employer[credential] > 0 ? count(employer[credential]) : 'none'} for ${aCredential(credential)}`;
    return html`<li><a href="${employer.address}"><bdi>${employer.name}</bdi></a> <span class="muted">${plural(employer.open, 'job')}${takes}</span></li>`;
  })}</ul>`;
}

function roles(path: Path, row: PathNumbers | undefined): Html {
  return html`<h2 class="side">Roles</h2><ul class="facet">${PATHS[path].roles.map(role => {
    const open = row?.roles.find(found => found.role === role)?.open ?? 0;
    return html`<li><a href="/jobs?role=${role}"><span>${words(role)}</span><span class="n">${count(open)}</span></a></li>`;
  })}</ul>`;
}

function certifications({ path, detail }: Today): Html | false {
  const shown = detail.certifications.filter(({ name }) => askable('certification', name));
  if (shown.length === 0) return false;
  return html`<h2 class="side">Certifications mentioned</h2><ul class="facet">${shown.map(
    ({ name, required, preferred }) =>
      html`<li><a href="/jobs?certification=${encodeURIComponent(name.toLowerCase())}&amp;path=${path}"><span><bdi>${name}</bdi></span><span class="n">${[required > 0 && `${count(required)} required`, preferred > 0 && `${count(preferred)} a plus`].filter(Boolean).join(', ')}</span></a></li>`,
  )}</ul>`;
}
