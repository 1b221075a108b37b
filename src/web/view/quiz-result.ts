import { FORMATS } from '../../feed/render.ts';
import { type Html, html } from '../../http/html.ts';
import { PATHS } from '../../posting/taxonomy.ts';
import { type Answered, answersQuery, type RankedPath, staying } from '../assess.ts';
import type { Web } from '../context.ts';
import { at, withValue } from '../filter-query.ts';
import type { Loosening } from '../loosen.ts';
import type { Option, Question } from '../questions.ts';
import { readyAdvice, stayAdvice } from './advice.ts';
import { quoted } from './chips.ts';
import { notUnderstood } from './not-understood.ts';
import { subscribeBox } from './subscribe-form.ts';
import { count, plural, totalText } from './words.ts';

/** Most paths shown in full. */
const SHOWN = 8;

export type QuizResult = {
  answered: readonly Answered[];
  /** The filter they make. */
  query: string;
  unknown: readonly string[];
  total: { value: number; capped: boolean };
  /** Jobs under the filter by path. */
  open: ReadonlyMap<string, number>;
  /** Best fit first. */
  ranked: readonly RankedPath[];
  loosen: readonly Loosening[];
  /** Where the quiz is. */
  page: string;
};

/** What the answers come to: whether to stay, the paths that fit and have jobs, and what was said. */
export function quizResult(web: Web, result: QuizResult): Html {
  const { answered, query, unknown, total, loosen, page } = result;
  const stay = staying(answered);
  const notReady = answered.some(({ question, option }) => question.name === 'ready' && option?.value === 'not-yet');
  return html`<div class="wide page"><header class="head"><h1>${stay === 'yes' ? 'Maybe stay, but differently' : 'Paths that fit you'}</h1><p class="lead">${fitting(total)}</p>${notUnderstood(unknown)}
<p class="ways"><a class="button" href="${at('/jobs', query)}">See the jobs</a> <a href="${at(FORMATS.rss.path, query)}">RSS</a> <a href="${at('/feeds', query)}">Other feeds</a></p></header>
<div class="split"><div>${stay !== null && stayAdvice(stay === 'yes')}
${paths(web, result)}
${notReady && readyAdvice()}</div>
<aside aria-label="Your answers"><h2>What you said</h2><ul class="told">${answered.map(answer => html`<li>${answerLine(page, answer, answered)}</li>`)}</ul>
${loosen.length > 0 && html`<h2>What would open more</h2><ul class="told">${loosen.slice(0, 5).map(({ label, without, total: more }) => html`<li><a href="${at('/jobs', without)}">Without ${quoted(label)}</a>: ${more.capped ? `more than ${count(more.value)}` : plural(more.value, 'job')}</li>`)}</ul>`}
<p class="note">Bookmark this page to come back to your answers, or <a href="${page}">start over</a>.</p>
${web.subscriptions && subscribeBox(query)}</aside></div></div>`;
}

function fitting(total: QuizResult['total']): string {
  if (total.value === 0) return 'No open job matches everything you said today.';
  return `${totalText(total, 'open job')} ${total.value === 1 && !total.capped ? 'matches' : 'match'} everything you said.`;
}

/** Only a path with a job under the filter is said to fit: the rest may, once there is one. */
function paths({ guides }: Web, { ranked, open, query }: QuizResult): Html {
  const jobs = ({ path }: RankedPath) => open.get(path) ?? 0;
  const shown = ranked.filter(one => jobs(one) > 0).slice(0, SHOWN);
  const rest = ranked.filter(one => !shown.includes(one));
  return html`<section aria-labelledby="paths"><h2 id="paths">Paths with jobs for you today</h2>
${
  shown.length > 0
    ? html`<p class="muted">Sorted by how well a path fits your answers. The numbers are jobs that match your whole filter.</p>
<ol class="ranked">${shown.map(
        one => html`<li><h3><a href="/paths/${one.path}">${PATHS[one.path].name}</a></h3><p>${guides[one.path].summary}</p>
${one.because.length > 0 && html`<p class="fits"><strong>Fits:</strong> ${one.because.join(' · ')}</p>`}
<p class="muted"><a href="${at('/jobs', withValue(query, 'path', one.path))}">${plural(jobs(one), 'matching job')}</a></p></li>`,
      )}</ol>`
    : html`<p>None today. Follow the feed and the first one comes to you, or change an answer.</p>`
}
<details><summary>${shown.length > 0 ? `The other ${rest.length} paths` : 'All paths, the closest to your answers first'}</summary><ul>${rest.map(
    one =>
      html`<li><a href="/paths/${one.path}">${PATHS[one.path].name}</a> <span class="muted">${jobs(one) > 0 ? plural(jobs(one), 'matching job') : 'nothing under your filter today'}</span></li>`,
  )}</ul></details></section>`;
}

/** What was said, what it does, and a way to say something else. */
function answerLine(page: string, { question, option }: Answered, answered: readonly Answered[]): Html {
  const rest = answersQuery(answered.filter(answer => answer.question !== question));
  return html`<span class="muted">${question.ask}</span><br>${option ? label(question, option) : 'Skipped'} <a rel="nofollow" href="${at(page, rest)}">Change<span class="sr"> this answer: ${question.ask}</span></a>
${option && html`<br><small class="muted">${effect(question, option)}</small>`}`;
}

function effect(question: Question, option: Option): string {
  if (option.filter) return 'Narrows the jobs';
  if (option.fit) return 'Sorts the paths';
  return question.advises ? 'Shapes the advice' : 'Changes nothing';
}

function label(question: Question, option: Option): string {
  return question.list?.options.includes(option) ? `${question.list.label} ${option.label}` : option.label;
}
