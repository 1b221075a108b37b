/** What the addresses of pages say that stand in for a service. */
const ADDRESS = /\b(?:maintenance|outage|unavailable|out-?of-?service)\b/i;
/**
 * What such pages say of it. Job titles (`Maintenance Technician`) must not match, nor the pages for missing files that servers come with: "might
 * have been removed, had its name changed, or is temporarily unavailable".
 */
const WORDS = new RegExp(
  [
    /(?:under(?:going)?|down for) (?:[a-z]+ ){0,2}maintenance/,
    /(?:scheduled|planned|system) maintenance/,
    /maintenance (?:page|mode|window|in progress)/,
    /(?<!\bor (?:is |are |be )?)(?:temporarily|currently) (?:unavailable|offline|down|out of service)/,
    /service (?:interruption|outage|(?:is )?unavailable)/,
    /be (?:right )?back (?:soon|shortly|online)/,
    /technical difficulties/,
  ]
    .map(words => words.source)
    .join('|'),
  'i',
);
/** A maintenance page is short; a longer one with its words is about something else. */
const SHORT_TEXT = 3_000;
/** So much of a page is looked at, in characters. */
export const LOOKED_AT = 200_000;

/** Whether an address is one that stands in for a service that is away. */
export function isMaintenanceAddress({ host, pathname }: URL): boolean {
  return ADDRESS.test(host + pathname);
}

/** Whether a body is a short page that says its service is away for a while. */
export function isMaintenancePage(body: string): boolean {
  if (!/^[\uFEFF\s]*</.test(body)) return false;
  const text = body
    .slice(0, LOOKED_AT)
    .replace(/<(script|style|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;|\s+/g, ' ');
  return text.length <= SHORT_TEXT && WORDS.test(text);
}
