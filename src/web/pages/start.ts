import type { FastifyInstance } from 'fastify';
import { parseQuery } from '../../feed/filter.ts';
import { type Html, html } from '../../http/html.ts';
import { queryText } from '../../http/request-query.ts';
import { feedTotal } from '../../store/feed/counts.ts';
import { type Answered, type Assessment, answersQuery, rankPaths, readAnswers } from '../assess.ts';
import type { Web } from '../context.ts';
import { at } from '../filter-query.ts';
import { loosenings } from '../loosen.ts';
import { QUESTIONS, type Question, SKIP } from '../questions.ts';
import { layout } from '../view/layout.ts';
import { notUnderstood } from '../view/not-understood.ts';
import { quizResult } from '../view/quiz-result.ts';
import { facetsOf } from './jobs.ts';

const PATH = '/start';

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
  const more = QUESTIONS.length - 1;
  const to = (value: string) => at(PATH, answersQuery([...answered.filter(answer => answer.question !== question), { question, value }]));
  const earlier = answered.filter(answer => QUESTIONS.indexOf(answer.question) < number);
  const { list } = question;
  const body = html`<div class="ask">${notUnderstood(unknown)}
${number === 0 && html`<p class="lead">Is it time to leave, and where to? One question about you, then ${more} about what you want. “Stay” is a possible answer. Nothing is stored: your answers are only in this page’s address.</p>`}
<p class="muted">${number === 0 ? 'First, about you' : `Question ${number} of ${more}`}</p>
<progress class="steps" max="${QUESTIONS.length}" value="${number}" aria-label="Questions answered"></progress>
<h1>${question.ask}</h1><p class="muted">${question.why}</p>
<ul class="answers">${question.options.map(option => html`<li><a rel="nofollow" href="${to(option.value)}">${option.label}${option.told && html`<span>${option.told}</span>`}</a></li>`)}</ul>
${list && listForm(question, list, answered)}
<p class="ways"><a rel="nofollow" href="${to(SKIP)}">Skip this question</a>${number > 0 && html` <a rel="nofollow" href="${at(PATH, answersQuery(earlier.slice(0, -1)))}">Back</a>`}</p>
</div>`;
  return layout(web, {
    title: number === 0 ? 'Quiz: should you leave patient care?' : question.ask,
    description:
      'A few questions that turn what you want into a filter and the paths that fit, with the jobs open today. Staying is an answer, too.',
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
  const [total, { facets }] = await Promise.all([feedTotal(web.db, filter), facetsOf(web, filter, query)]);
  const open = new Map(facets.path.map(row => [row.value, row.count]));
  const body = quizResult(web, {
    answered,
    query,
    unknown,
    total,
    open,
    ranked: rankPaths(web.guides, answered, open),
    loosen: await loosenings(web.db, query, total.value),
    page: PATH,
  });
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
