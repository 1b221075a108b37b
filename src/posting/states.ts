/** A state, territory or province: its postal code, its name, and what else people write for it. */
type Row = readonly [code: string, name: string, ...others: string[]];

/** The 50 states, the District of Columbia and the five territories, by USPS code, with the abbreviations used before 1963. */
const US: readonly Row[] = [
  ['AL', 'Alabama', 'Ala'],
  ['AK', 'Alaska', 'Alas'],
  ['AZ', 'Arizona', 'Ariz'],
  ['AR', 'Arkansas', 'Ark'],
  ['CA', 'California', 'Calif', 'Cal'],
  ['CO', 'Colorado', 'Colo'],
  ['CT', 'Connecticut', 'Conn'],
  ['DE', 'Delaware', 'Del'],
  ['DC', 'District of Columbia', 'Washington DC', 'Washington D C'],
  ['FL', 'Florida', 'Fla'],
  ['GA', 'Georgia'],
  ['HI', 'Hawaii', "Hawai'i"],
  ['ID', 'Idaho'],
  ['IL', 'Illinois', 'Ill', 'Ills'],
  ['IN', 'Indiana', 'Ind'],
  ['IA', 'Iowa'],
  ['KS', 'Kansas', 'Kans', 'Kan'],
  ['KY', 'Kentucky'],
  ['LA', 'Louisiana'],
  ['ME', 'Maine'],
  ['MD', 'Maryland'],
  ['MA', 'Massachusetts', 'Mass'],
  ['MI', 'Michigan', 'Mich'],
  ['MN', 'Minnesota', 'Minn'],
  ['MS', 'Mississippi', 'Miss'],
  ['MO', 'Missouri'],
  ['MT', 'Montana', 'Mont'],
  ['NE', 'Nebraska', 'Nebr', 'Neb'],
  ['NV', 'Nevada', 'Nev'],
  ['NH', 'New Hampshire'],
  ['NJ', 'New Jersey'],
  ['NM', 'New Mexico', 'N Mex'],
  ['NY', 'New York', 'New York State'],
  ['NC', 'North Carolina', 'N Carolina'],
  ['ND', 'North Dakota', 'N Dak', 'N Dakota'],
  ['OH', 'Ohio'],
  ['OK', 'Oklahoma', 'Okla'],
  ['OR', 'Oregon', 'Ore', 'Oreg'],
  ['PA', 'Pennsylvania', 'Penn', 'Penna'],
  ['RI', 'Rhode Island'],
  ['SC', 'South Carolina', 'S Carolina'],
  ['SD', 'South Dakota', 'S Dak', 'S Dakota'],
  ['TN', 'Tennessee', 'Tenn'],
  ['TX', 'Texas', 'Tex'],
  ['UT', 'Utah'],
  ['VT', 'Vermont'],
  ['VA', 'Virginia'],
  ['WA', 'Washington', 'Wash', 'Washington State'],
  ['WV', 'West Virginia', 'W Virginia', 'W Va'],
  ['WI', 'Wisconsin', 'Wis', 'Wisc'],
  ['WY', 'Wyoming', 'Wyo'],
  ['PR', 'Puerto Rico'],
  ['GU', 'Guam'],
  ['VI', 'Virgin Islands', 'US Virgin Islands', 'U S Virgin Islands'],
  ['AS', 'American Samoa'],
  ['MP', 'Northern Mariana Islands'],
];

const CANADA: readonly Row[] = [
  ['AB', 'Alberta'],
  ['BC', 'British Columbia'],
  ['MB', 'Manitoba'],
  ['NB', 'New Brunswick'],
  ['NL', 'Newfoundland and Labrador', 'Newfoundland'],
  ['NS', 'Nova Scotia'],
  ['NT', 'Northwest Territories'],
  ['NU', 'Nunavut'],
  ['ON', 'Ontario', 'Ont'],
  ['PE', 'Prince Edward Island'],
  ['QC', 'Quebec', 'Québec', 'Que'],
  ['SK', 'Saskatchewan', 'Sask'],
  ['YT', 'Yukon'],
];

/** The USPS codes, in alphabetical order of the names, territories last. */
export const US_STATES: readonly string[] = US.map(([code]) => code);

/** USPS code → the name people read. */
export const STATE_NAMES: ReadonlyMap<string, string> = new Map(US.map(([code, name]) => [code, name]));

export type State = { code: string; country: 'US' | 'CA'; as: 'code' | 'name' };

const index = new Map<string, State>();
for (const [rows, country] of [
  [US, 'US'],
  [CANADA, 'CA'],
] as const) {
  for (const [code, ...names] of rows) {
    index.set(fold(code), { code, country, as: 'code' });
    for (const name of names) index.set(fold(name), { code, country, as: 'name' });
  }
}

function fold(words: string): string {
  return words
    .replace(/[.\s]+/g, ' ')
    .trim()
    .replace(/^([a-z]) ([a-z])$/i, '$1$2')
    .toLowerCase();
}

/** The state, territory or province these words are the code, the name or an old abbreviation of (`MN`, `D.C.`, `Calif.`); else null. */
export function stateOf(words: string): State | null {
  return index.get(fold(words)) ?? null;
}
