import { closedWords } from '../../feed/closed-words.ts';
import { askable } from '../../feed/filter.ts';
import { payText, titleLine } from '../../feed/summary.ts';
import { aCredential, takes } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { sanitize } from '../../posting/html.ts';
import { CREDENTIALS, type Credential, type Path } from '../../posting/taxonomy.ts';
import type { PathNumbers } from '../../store/feed/numbers.ts';
import type { FeedPosting, PostingDetail } from '../../store/feed/postings.ts';
import type { EmployerAnswers } from '../employer-answers.ts';
import { type Employer, employerPath } from '../employers.ts';
import { at } from '../filter-query.ts';
import { forAddress } from '../for-address.ts';
import type { Guides } from '../guides.ts';
import type { Similar } from '../similar.ts';
import { applyBar, applyBeside, employerLink, type Invitation, printedAddresses, wayIn } from './apply.ts';
import { otherCredentials, type Reason, reasonsOf, verdictMarks } from './eligibility.ts';
import { employerBox } from './employer-box.ts';
import { decisionFacts, smallPrint } from './facts.ts';
import { highlightHtml, highlightText, type Mark } from './highlight.ts';
import { jobCard, marks } from './job-card.ts';
import { trusted } from './layout.ts';
import { payBesideShort } from './own-facts.ts';
import { pathBox } from './path-box.ts';
import { reportForm } from './report-form.ts';
import { shareLinks } from './share.ts';
import { groupsBand, verdictBand, widestReason } from './verdict-band.ts';
import { dateOf, plural, shownTitle, whereText } from './words.ts';

/** What the page of a posting is made of besides the posting. `credential` is the reader's, where their link says it. */
export type Around = {
  credential: Credential | null;
  reported: boolean;
  now: Date;
  /** The plain address of the page, that others may have. */
  address: string;
  similar: Similar;
  guides: Guides;
  numbers: PathNumbers | undefined;
  /** Its employer, where that has a page. */
  employer: Employer | null;
  /** How its employer's other postings answer the reader, where this one does not. */
  answers: EmployerAnswers | null;
  subscriptions: boolean;
};

/** A posting from the top: whether it takes the reader and the words that say so, who else, the facts, the employer's text, and what is like it. */
export function postingPage(posting: PostingDetail, around: Around): Html {
  const { closed_at } = posting;
  const { credential, address } = around;
  const way = closed_at ? null : wayIn(posting);
  const how = invitation(posting, credential);
  const more = similarSection(posting, how, around);
  const reason = credential ? reasonsOf(posting, [credential])[0] : widestReason(posting);
  const others = reason && otherCredentials(posting, reason, credential === null);
  return html`<article class="wide posting">
${head(posting, around)}
${band(posting, credential, reason, !closed_at && how !== null && applyBeside(posting, way, how))}
<div class="after">${others && html`<div class="others">${others}</div>`}<div class="links">${shareLinks(posting, address)}
${!closed_at && reportForm(posting, credential, around.reported)}</div></div>
${printedAddresses(way, address)}
${how === null && more}
<div class="split"><div>${decisionFacts(posting, credential)}
<section aria-labelledby="text-title"><h2 id="text-title">The posting</h2><div class="text" dir="auto">${bodyOf(posting, verdictMarks(posting, heldBy(credential))) ?? html`<p class="muted">The employer’s list shows no text of this posting.</p>`}</div>
${how === null && way && employerLink(way)}
${smallPrint(posting)}</section></div>
<aside aria-label="More about this job">${boxes(posting, around)}</aside></div>
${how !== null && more}
</article>
${how !== null && way && applyBar(way, how)}`;
}

/** The title of a posting for the head of its page, in one line. */
export function titleOf(posting: Pick<FeedPosting, 'title' | 'company'>): string {
  return titleLine({ ...posting, title: shownTitle(posting) });
}

const heldBy = (credential: Credential | null) => (credential ? [credential] : CREDENTIALS);

/** Whether the reader may apply, or any of the five for a reader who has not said what they are; null where the answer is no. */
function invitation({ verdicts }: PostingDetail, credential: Credential | null): Invitation | null {
  if (!verdicts) return 'plain';
  if (heldBy(credential).some(one => takes(verdicts, one))) return 'plain';
  return heldBy(credential).some(one => verdicts[one].verdict === 'unknown') ? 'quiet' : null;
}

function head(posting: PostingDetail, { credential, now, employer }: Around): Html {
  const { company, closed_at, pay } = posting;
  const where = whereText(posting);
  return html`<header class="head">${
    closed_at &&
    html`<p class="closed-note" role="note"><strong>Closed on ${dateOf(closed_at)}</strong>: ${closedWords(posting.closed_reason)}. The facts stay here for reference.</p>`
  }
<p class="crumbs">${credential ? html`<a href="/jobs?credential=${credential}">Jobs for ${aCredential(credential)}</a> · not ${aCredential(credential)}? <a href="/jobs/${encodeURIComponent(posting.id)}">Change<span class="sr"> what you hold</span></a>` : html`<a href="/jobs">Jobs</a>`}</p>
<h1><bdi>${shownTitle(posting)}</bdi> ${marks(posting, now)}</h1>
<p class="line">${company && html`<b><bdi>${employerName(company, employer)}</bdi></b>`}${company && where && ' · '}<bdi>${where}</bdi></p>
<p class="line">${pay ? html`<b>${payText(pay)}</b>${credential && payBesideShort(posting, credential)}` : 'Pay not stated'}</p></header>`;
}

/** The employer's name leads to its page, else to its jobs. Boards write names that no filter takes. */
function employerName(company: string, employer: Employer | null): Html | string {
  if (employer) return html`<a href="${employerPath(employer)}">${company}</a>`;
  return askable('company', company)
    ? html`<a href="${at('/jobs', `company=${encodeURIComponent(company.toLowerCase())}`)}">${company}</a>`
    : company;
}

/** The band with the verdict. What was never sorted by credentials has only the way to apply. */
function band(posting: PostingDetail, credential: Credential | null, reason: Reason | undefined, act: Html | false): Html | false {
  const { verdicts, text } = posting;
  if (!verdicts || !reason) return act && html`<div class="band mixed">${act}</div>`;
  const shown = { reason, marks: text.trim() === '' ? [] : verdictMarks(posting, heldBy(credential)), act };
  return credential ? verdictBand(posting, verdicts, credential, shown) : groupsBand(posting, verdicts, shown);
}

/** Sanitized once more: whatever wrote the row, nothing of it runs here. */
function bodyOf({ text, html: given }: PostingDetail, wanted: readonly Mark[]): Html | null {
  const clean = sanitize(given ?? '');
  if (text.trim() === '' && clean === '') return null;
  return trusted(highlightHtml(clean, text, wanted) ?? highlightText(text, wanted, plain => html`${plain}`.html));
}

function boxes(posting: PostingDetail, { credential, guides, numbers, subscriptions, answers, employer }: Around): Html {
  const [path] = posting.paths;
  return html`${answers && credential && employerBox(answers, credential)}
${path && pathBox(path, guides, { numbers, credential })}
${subscriptions && !posting.closed_at && path && mailBox(path, credential)}
${moreJobs(employer, credential)}`;
}

/** Where a reader who likes the employer, or the answer, goes on. */
function moreJobs(employer: Employer | null, credential: Credential | null): Html | false {
  const others = employer !== null && employer.open > 1;
  if (!others && !credential) return false;
  return html`<section class="also" aria-labelledby="more-title"><h2 id="more-title">More jobs</h2>${
    others && html`<p><a href="${employerPath(employer)}">All ${plural(employer.open, 'job')} at <bdi>${employer.name}</bdi></a></p>`
  }${credential && html`<p><a href="${forAddress(credential)}">What is open to ${aCredential(credential)}</a></p>`}</section>`;
}

function mailBox(path: Path, credential: Credential | null): Html {
  const query = [credential && `credential=${credential}`, `path=${path}`].filter(Boolean).join('&');
  return html`<section class="also" aria-labelledby="mail-title"><h2 id="mail-title">Email me jobs like this</h2>
<p>The new ones on this path${credential && ` for ${aCredential(credential)}`}, once a day or once a week.</p>
<p><a class="button quiet" href="${at('/subscribe', query)}">Set it up<span class="sr">: email of new jobs</span></a></p></section>`;
}

const MOST_COMPARED = 6;

function similarSection(
  posting: PostingDetail,
  how: Invitation | null,
  { similar: { items, texts }, credential, now }: Around,
): Html | false {
  if (items.length === 0) return false;
  const compared = [posting, ...items].slice(0, MOST_COMPARED).map(({ id }) => encodeURIComponent(id));
  const beside = `/compare?${credential ? `credential=${credential}&` : ''}ids=${compared.join(',')}`;
  const who = credential && aCredential(credential);
  const title =
    how === null
      ? 'Take a look at these instead'
      : !who
        ? 'Similar jobs'
        : how === 'quiet'
          ? `These say yes to ${who}`
          : `More jobs for ${who}`;
  return html`<section class="similar" aria-labelledby="similar-title"><h2 id="similar-title">${title}</h2>
${how === null && who && html`<p class="muted">They take ${who}.</p>`}
<ul class="jobs">${items.map(other => html`<li>${jobCard(other, now, { text: texts.get(other.id) ?? '', credential })}</li>`)}</ul>
<p class="ways"><a rel="nofollow" href="${beside}">Compare them side by side</a></p></section>`;
}
