/** The longest page that is parsed for one posting. */
const LONGEST = 5_000_000;
/** Elements within elements. Parsers look through all open ones at every tag, so that a megabyte of them would take minutes. */
const DEEPEST = 500;

const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Elements that hold nothing, and those that end where the next one of their kind begins. */
const NOT_NESTED = new Set(
  'area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody tfoot option optgroup body html head'.split(
    ' ',
  ),
);

/** Why an HTML page is not parsed at all, as a clause; null for one of ordinary length and nesting. Looks once at every character. */
export function tooMuchHtml(body: string): string | null {
  if (body.length > LONGEST) return `the page is longer than ${LONGEST / 1_000_000} million characters`;
  let open = 0;
  for (const [, end, name = ''] of body.matchAll(TAG)) {
    if (NOT_NESTED.has(name.toLowerCase())) continue;
    open = end ? Math.max(0, open - 1) : open + 1;
    if (open > DEEPEST) return `the page has more than ${DEEPEST} elements within each other`;
  }
  return null;
}
