import { demandedInstead } from '../../feed/demanded.ts';
import { aCredential, CREDENTIAL_NAMES, CREDENTIAL_SHORT, verdictGroups, verdictSentence } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { isVerdictUnsure } from '../../posting/sureness.ts';
import { CREDENTIALS, type Credential, type Verdict } from '../../posting/taxonomy.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { closestWords } from './closest-words.ts';
import { PAGE_QUOTE, placeOf, quoteOf, type Reason, reasonsOf } from './eligibility.ts';
import type { Mark } from './highlight.ts';
import { quoteHtml } from './quote.ts';
import { verdictIcon } from './verdict-icon.ts';
import { aDegree, plural, shownTitle } from './words.ts';

type Verdicts = NonNullable<PostingDetail['verdicts']>;

/** What a band is about: its reason, and the marks of the text its quotation leads to. `act` is the way to apply beside it. */
type Shown = { reason: Reason; marks: readonly Mark[]; act: Html | false };

/** Whether this posting takes the reader, and the employer's own sentence that says so. */
export function verdictBand(posting: PostingDetail, verdicts: Verdicts, credential: Credential, { reason, marks, act }: Shown): Html {
  const { verdict } = reason;
  const heading = verdictSentence(verdicts[credential], credential, demandedInstead(verdicts, credential));
  return band(verdict, html`${verdictIcon(verdict)}<span>${heading}</span>`, html`${saidBy(posting, reason, marks, credential)}`, act);
}

/** The same for all five credentials in groups, for a reader who has not said which is theirs. */
export function groupsBand(posting: PostingDetail, verdicts: Verdicts, { reason, marks, act }: Shown): Html {
  const groups = verdictGroups(verdicts);
  const alike = groups.length === 1 ? groups[0]!.verdict : null;
  const heading = alike ? html`${verdictIcon(alike)}<span>${sentenceForAll(verdicts, alike)}</span>` : html`Who may apply`;
  return band(
    alike ?? 'mixed',
    heading,
    html`${!alike && html`<ul class="groups">${groups.map(({ verdict, told }) => html`<li class="${verdict}">${verdictIcon(verdict)} ${told}</li>`)}</ul>`}
${saidBy(posting, reason, marks, null)}
<p class="which"><span>What do you hold?</span> ${CREDENTIALS.map(one => html`<a href="/jobs/${encodeURIComponent(posting.id)}?credential=${one}" title="${CREDENTIAL_NAMES[one]}">${CREDENTIAL_SHORT[one]}</a> `)}</p>`,
    act,
  );
}

/** The reason that a band without a credential quotes: the best one, and of those the one that speaks of most credentials. */
export function widestReason(posting: PostingDetail): Reason | undefined {
  const reasons = reasonsOf(posting, CREDENTIALS);
  const quotable = reasons.filter(({ sentence, verdict }) => sentence !== '' && verdict !== 'barred');
  const wide = (of: readonly Reason[]) => of.toSorted((a, b) => b.credentials.length - a.credentials.length)[0];
  return wide(quotable) ?? wide(reasons);
}

function band(tone: Verdict | 'mixed', heading: Html, said: Html, act: Html | false): Html {
  return html`<section class="band ${tone}" id="eligibility" aria-labelledby="eligibility-title" tabindex="-1"><div>
<h2 id="eligibility-title">${heading}</h2>
${said}</div>
${act}</section>`;
}

/** The employer's sentence. Where no words decided, what is asked for instead, or what comes closest. */
function saidBy(posting: PostingDetail, reason: Reason, marks: readonly Mark[], credential: Credential | null): Html | false {
  const own = quoteOf(posting, reason);
  const quote = own ?? (reason.verdict === 'unknown' ? closestWords(posting, PAGE_QUOTE) : null);
  const place = own && placeOf(own, reason, marks);
  const said =
    quote &&
    html`<blockquote><bdi>${quoteHtml(quote)}</bdi></blockquote>${place && html`<p><a href="${place}">Read it in the posting</a></p>`}`;
  if (reason.verdict === 'unknown') return html`${said}${askingText(posting, credential, quote !== null)}`;
  return said ?? (reason.verdict === 'open' && asked(posting));
}

/** What a posting without a word about licenses does ask for. */
function asked({ facets }: PostingDetail): Html | false {
  const years = facets.min_years ?? 0;
  const parts = [years > 0 && `${plural(years, 'year')} of experience`, facets.degree && aDegree(facets.degree)];
  const told = parts.filter(Boolean).join(' and ');
  return told !== '' && html`<p class="asked">It asks for ${told}.</p>`;
}

/** For a posting that leaves it open: that the words above decide nothing, and how to ask. */
function askingText(posting: PostingDetail, credential: Credential | null, quoted: boolean): Html {
  const who = credential ? aCredential(credential) : 'you';
  const near = quoted ? 'This is the closest it comes, and it decides nothing: it may or may not include' : 'It may or may not include';
  const job = html`<bdi>${shownTitle(posting)}</bdi>`;
  return html`<p>${near} ${who}. Worth one short email: ${
    credential
      ? html`“I’m ${who}. The posting for ${job} doesn’t say which licenses you accept. Would you consider me?”`
      : html`“The posting for ${job} doesn’t say which licenses you accept. Whom would you consider?”`
  }</p>`;
}

/** All five are told the same. */
function sentenceForAll(verdicts: Verdicts, verdict: Verdict): string {
  if (isVerdictUnsure(verdicts.OT)) return verdictSentence(verdicts.OT, 'OT');
  if (verdict === 'named') return 'Yes. All five are on the list.';
  if (verdict === 'implied') return 'Included. The wording covers all five.';
  if (verdict === 'preferred') return 'A plus. They’d like any of the five, but none is required.';
  const demanded = demandedInstead(verdicts, 'OT');
  if (verdict === 'barred' && !demanded) return 'No. It asks for a license or degree that none of the five carries.';
  return verdictSentence({ verdict, confidence: null }, 'OT', demanded);
}
