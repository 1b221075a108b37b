import { parse } from 'tldts';

/**
 * Sites that are never crawled, whatever a source row says: they forbid automated reading in their terms or robots.txt.
 * `name` is the label before the public suffix, so country domains are covered; `suffix` narrows a name others bear too.
 */
const REFUSED: readonly { name: string; suffix?: string; site: string; reason: string }[] = [
  { name: 'indeed', site: 'Indeed', reason: 'its terms and robots.txt forbid automated reading of postings' },
  { name: 'linkedin', site: 'LinkedIn', reason: 'its user agreement and robots.txt forbid automated reading without written permission' },
  {
    name: 'lnkd',
    suffix: 'in',
    site: 'LinkedIn',
    reason: 'its user agreement and robots.txt forbid automated reading without written permission',
  },
  { name: 'glassdoor', site: 'Glassdoor', reason: 'its terms forbid automated reading' },
  { name: 'facebook', site: 'Facebook', reason: 'its terms forbid automated collection without written permission' },
  { name: 'fb', suffix: 'com', site: 'Facebook', reason: 'its terms forbid automated collection without written permission' },
  { name: 'fb', suffix: 'me', site: 'Facebook', reason: 'its terms forbid automated collection without written permission' },
  { name: 'ziprecruiter', site: 'ZipRecruiter', reason: 'its terms forbid automated reading' },
  { name: 'vivian', suffix: 'com', site: 'Vivian', reason: 'its terms forbid automated reading' },
  { name: 'simplyhired', site: 'SimplyHired', reason: 'its terms forbid automated reading' },
  { name: 'monster', site: 'Monster', reason: 'its terms forbid automated reading' },
];

/** Why a host is never crawled, as one clause for people (`Indeed is never crawled: …`), or null when it is not on the list. */
export function refusedHost(hostname: string): string | null {
  const { domainWithoutSuffix, publicSuffix } = parse(hostname.toLowerCase().replace(/\.$/, ''));
  const row = REFUSED.find(row => row.name === domainWithoutSuffix && (!row.suffix || row.suffix === publicSuffix));
  return row ? `${row.site} is never crawled: ${row.reason}` : null;
}
