import type { Html } from '../http/html.ts';
import { annualise } from '../posting/pay.ts';
import type { EmploymentType } from '../posting/posting.ts';
import type { PostingDetail } from '../store/feed/postings.ts';

const TYPES: Record<EmploymentType, string> = {
  full_time: 'FULL_TIME',
  part_time: 'PART_TIME',
  per_diem: 'PER_DIEM',
  contract: 'CONTRACTOR',
  temporary: 'TEMPORARY',
  internship: 'INTERN',
  freelance: 'CONTRACTOR',
};
const UNITS = { hour: 'HOUR', day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR', visit: null } as const;

/** A posting as schema.org/JobPosting. Off by default: docs/web.md says why. Null where the employer or the date is not known, as both are required. */
export function structuredData(posting: PostingDetail): Html | false {
  const { company, posted_at, pay, html, text } = posting;
  if (!company || !posted_at) return false;
  const unit = pay && UNITS[pay.interval];
  const data = {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: posting.title,
    description: html || text,
    datePosted: posted_at.toISOString().slice(0, 10),
    ...(posting.closes_at && { validThrough: posting.closes_at.toISOString() }),
    hiringOrganization: { '@type': 'Organization', name: company },
    identifier: { '@type': 'PropertyValue', name: 'Ombre', value: posting.id },
    employmentType: posting.employment_types.map(type => TYPES[type]),
    directApply: false,
    ...(posting.work_mode === 'remote'
      ? { jobLocationType: 'TELECOMMUTE', applicantLocationRequirements: { '@type': 'Country', name: 'USA' } }
      : { jobLocation: posting.places.map(placeOf) }),
    ...(pay &&
      unit &&
      annualise(pay) && {
        baseSalary: {
          '@type': 'MonetaryAmount',
          currency: pay.currency,
          value: {
            '@type': 'QuantitativeValue',
            unitText: unit,
            ...(pay.min !== null && { minValue: pay.min }),
            ...(pay.max !== null && { maxValue: pay.max }),
          },
        },
      }),
  };
  // Inside a script element only "<" could end it: a posting must not.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c').toWellFormed();
  return { html: `<script type="application/ld+json">${json}</script>` };
}

function placeOf({ city, region, country }: PostingDetail['places'][number]) {
  return {
    '@type': 'Place',
    address: {
      '@type': 'PostalAddress',
      ...(city && { addressLocality: city }),
      ...(region && { addressRegion: region }),
      addressCountry: country ?? 'US',
    },
  };
}
