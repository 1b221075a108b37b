import { type Html, html } from '../../http/html.ts';

const STAY: readonly string[] = [
  'Change the setting before the career. A hospital, a school, home health and an outpatient clinic are different jobs on the same license. If you’ve only seen one, see a second.',
  'Go per diem or part-time for three months, and notice what you miss.',
  'In the next interview, ask for the productivity target, the caseload and who you’d report to. Then talk to somebody on the team.',
  'Take on one thing that isn’t treating, such as students, chart audits or the EMR. Some people find that’s enough.',
  'Write down the five things you want most from work, and how many of them you have today. Change those, and leave the rest alone.',
];

/** For those whose trouble may be the employer. `sure` when they said that it is. */
export function stayAdvice(sure: boolean): Html {
  return html`<section class="advice" aria-labelledby="stay"><h2 id="stay">${sure ? 'Try this first' : 'Stay, but differently'}</h2>
<p>${
    sure
      ? 'You said it’s mostly the employer. A new career is a big fix for that. Before you leave the field, try a smaller one.'
      : 'You may not have to leave to feel better. You can find out without quitting.'
  }</p>
<ul>${STAY.map(step => html`<li>${step}</li>`)}</ul>
<p class="muted">Ombre doesn’t list treating jobs, so there’s nothing to sell you here. The paths below will still be here in three months.</p></section>`;
}

const ASKED: readonly (readonly [string, string])[] = [
  [
    'Why are you doing this?',
    'Say where you’re going, in one sentence, and leave your last boss out of it. If an injury or illness is part of it, you can say so calmly and go straight on to what’s next.',
  ],
  [
    'How will you afford it?',
    'Have the numbers: what you need in a month, what this path pays at first, and how long savings or per diem shifts cover the difference.',
  ],
  [
    'Why go to school for this, just to leave?',
    'You aren’t leaving it behind. The jobs you’ve found here want what you learned there, and your license stays yours.',
  ],
];

/** The questions that people who change careers are asked, and a way to answer each. */
export function readyAdvice(): Html {
  return html`<section class="advice" aria-labelledby="ready"><h2 id="ready">Three questions you’ll get</h2>
<dl class="facts">${ASKED.map(([question, answer]) => html`<div><dt>${question}</dt><dd>${answer}</dd></div>`)}</dl>
<p>Practice the answers out loud once. The people who ask today are often the ones who ask how you did it next year.</p></section>`;
}
