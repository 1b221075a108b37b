import type { FastifyInstance } from 'fastify';
import { parseQuery } from '../../feed/filter.ts';
import { type Html, html } from '../../http/html.ts';
import { queryText } from '../../http/request-query.ts';
import { PATHS } from '../../posting/taxonomy.ts';
import { feedTotal } from '../../store/feed/counts.ts';
import { type Answered, type Assessment, answersQuery, rankPaths, readAnswers } from '../assess.ts';
import type { Web } from '../context.ts';
import { at, withValue } from '../filter-query.ts';
import { loosenings } from '../loosen.ts';
import { type Option, QUESTIONS, type Question, SKIP } from '../questions.ts';
import { quoted } from '../view/chips.ts';
import { layout } from '../view/layout.ts';
import { notUnderstood } from '../view/not-understood.ts';
import { subscribeBox } from '../view/subscribe-form.ts';
import { count, plural, totalText } from '../view/words.ts';
import { facetsOf } from './jobs.ts';

const PATH = '/start';
const SHOWN = 8;

/** `/start`: one question after another, then the filter they make and the paths that fit. The answers live in the address alone. */
export function startRoutes(app: FastifyInstance, web: Web): void {
  app.get(PATH, async (request, reply) => {
    const assessment = readAnswers(queryText(request));
    const { next, answered, unknown } = assessment;
    const page = async () => (next ? questionPage(web, assessment, next) : await resultPage(web, assessment));
    return await web.answers.html(request, reply, `start ${answersQuery(answered)} ${unknown}`, page);
  });
}

function questionPage(web: Web, { answered, unknown }: Assessment, question: Question): Html {
  const number = QUESTIONS.indexOf(question);
  const to = (value: string) => at(PATH, answersQuery([...answered.filter(answer => answer.question !== question), { question, value }]));
  const earlier = answered.filter(answer => QUESTIONS.indexOf(answer.question) < number);
  const { list } = question;
  const body = html`<div class="ask">${notUnderstood(unknown)}
${number === 0 && html`<p class="lead">One question about you, seven about what you want. Nothing is stored: your answers are in the address of the page.</p>`}
<p class="muted">${number === 0 ? 'First, about you' : `Question ${number} of ${QUESTIONS.length - 1}`}</p>
<progress class="steps" max="${QUESTIONS.length}" value="${number}" aria-label="Questions answered"></progress>
<h1>${question.ask}</h1><p class="muted">${question.why}</p>
<ul class="answers">${question.options.map(option => html`<li><a rel="nofollow" href="${to(option.value)}">${option.label}${option.told && html`<span>${option.told}</span>`}</a></li>`)}</ul>
${list && listForm(question, list, answered)}
<p class="ways"><a rel="nofollow" href="${to(SKIP)}">Skip this question</a>${number > 0 && html` <a rel="nofollow" href="${at(PATH, answersQuery(earlier.slice(0, -1)))}">Back</a>`}</p>
</div>`;
  return layout(web, {
    title: number === 0 ? 'Find your path' : question.ask,
    description: 'Seven questions that turn what you want into a filter and the paths that fit, with the jobs open today.',
    path: PATH,
    query: answersQuery(answered),
    section: 'start',
    noindex: answered.length > 0,
    body,
  });
}

function listForm(question: Question, list: NonNullable<Question['list']>, answered: readonly Answered[]): Html {
  return html`<form class="choose" action="${PATH}" method="get">${answered
    .filter(answer => answer.question !== question)
    .map(
      answer => html`<input type="hidden" name="${answer.question.name}" value="${answer.value}">`,
    )}<label for="choice">${list.label}</label><div class="pair"><select id="choice" name="${question.name}" required><option value="">Choose</option>${list.options.map(
    option => html`<option value="${option.value}">${option.label}</option>`,
  )}</select><button type="submit">Continue</button></div></form>`;
}

async function resultPage(web: Web, { answered, query, unknown }: Assessment): Promise<Html> {
  const filter = parseQuery(query);
  const [total, facets] = await Promise.all([feedTotal(web.db, filter), facetsOf(web, filter, query)]);
  const loosen = await loosenings(web.db, query, total.value);
  const open = new Map(facets.facets.path.map(row => [row.value, row.count]));
  const ranked = rankPaths(web.guides, answered, open);
  const shown = ranked.slice(0, SHOWN);
  const body = html`<div class="wide page"><header class="head"><h1>Your way out, today</h1><p class="lead">${totalText(total, 'open job')} ${total.value === 1 && !total.capped ? 'matches' : 'match'} everything you said.</p>${notUnderstood(unknown)}
<p class="ways"><a class="button" href="${at('/jobs', query)}">See the jobs</a> <a href="${at('/feeds', query)}">Follow them as a feed</a></p></header>
<div class="split"><section aria-labelledby="paths"><h2 id="paths">Paths that fit</h2>
<p class="muted">Sorted by how well a path fits your answers. The numbers are jobs that match your whole filter.</p>
<ol class="ranked">${shown.map(({ path, because }) => {
    const number = open.get(path) ?? 0;
    return html`<li><h3><a href="/paths/${path}">${PATHS[path].name}</a></h3><p>${web.guides[path].summary}</p>
${because.length > 0 && html`<p class="fits"><strong>Fits:</strong> ${because.join(' · ')}</p>`}
<p class="muted">${number > 0 ? html`<a href="${at('/jobs', withValue(query, 'path', path))}">${plural(number, 'matching job')}</a>` : 'No job matches today'}</p></li>`;
  })}</ol>
<details><summary>The other ${ranked.length - SHOWN} paths</summary><ul>${ranked.slice(SHOWN).map(({ path }) => html`<li><a href="/paths/${path}">${PATHS[path].name}</a> <span class="muted">${count(open.get(path) ?? 0)}</span></li>`)}</ul></details></section>
<aside aria-label="Your answers"><h2>What you said</h2><ul class="told">${answered.map(answer => html`<li>${answerLine(answer, answered)}</li>`)}</ul>
${loosen.length > 0 && html`<h2>What would open more</h2><ul class="told">${loosen.slice(0, 5).map(({ label, without, total: more }) => html`<li><a href="${at('/jobs', without)}">Without ${quoted(label)}</a>: ${more.capped ? `more than ${count(more.value)}` : plural(more.value, 'job')}</li>`)}</ul>`}
<p class="note">Bookmark this page to come back to your answers, or <a href="${PATH}">begin again</a>.</p>
${web.subscriptions && subscribeBox(query)}</aside></div></div>`;
  return layout(web, {
    title: 'Paths that fit you',
    description: 'Your answers as a filter, with the paths that fit and the jobs open today.',
    path: PATH,
    query: answersQuery(answered),
    feed: { title: 'your filter', query },
    section: 'start',
    noindex: true,
    body,
  });
}

/** What was said, what it does, and a way to say something else. */
function answerLine({ question, option }: Answered, answered: readonly Answered[]): Html {
  const rest = answersQuery(answered.filter(answer => answer.question !== question));
  return html`<span class="muted">${question.ask}</span><br>${option ? label(question, option) : 'Skipped'} <a rel="nofollow" href="${at(PATH, rest)}">Change<span class="sr"> this answer: ${question.ask}</span></a>
${option && html`<br><small class="muted">${option.filter ? 'Narrows the jobs' : option.fit ? 'Sorts the paths' : 'Asks nothing of the jobs'}</small>`}`;
}

function label(question: Question, option: Option): string {
  return question.list?.options.includes(option) ? `${question.list.label} ${option.label}` : option.label;
}
