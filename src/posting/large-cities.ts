import { fold } from './fold.ts';

/** A US state's code or a country's code → cities whose bare name means no other place to people who write `Chicago` and nothing else. */
const PLAIN: Record<string, string> = {
  'US-AZ': 'phoenix|tucson',
  'US-CA': 'los angeles|san francisco|sacramento|oakland|san diego|palo alto|sunnyvale|anaheim',
  'US-CO': 'denver|colorado springs',
  'US-DC': 'washington dc|washington d c',
  'US-FL': 'miami|tampa|tallahassee|fort lauderdale|boca raton',
  'US-GA': 'atlanta',
  'US-HI': 'honolulu',
  'US-IL': 'chicago',
  'US-IN': 'indianapolis',
  'US-LA': 'new orleans|baton rouge',
  'US-MA': 'boston',
  'US-MD': 'baltimore',
  'US-MI': 'detroit',
  'US-MN': 'minneapolis',
  'US-MO': 'st louis|saint louis',
  'US-NC': 'raleigh',
  'US-NE': 'omaha',
  'US-NM': 'albuquerque',
  'US-NV': 'las vegas',
  'US-NY': 'new york city|nyc|brooklyn|queens|staten island|buffalo',
  'US-OH': 'cincinnati',
  'US-OK': 'oklahoma city|tulsa',
  'US-PA': 'philadelphia|pittsburgh',
  'US-TN': 'nashville|memphis',
  'US-TX': 'austin|dallas|houston|fort worth|el paso',
  'US-UT': 'salt lake city',
  'US-WA': 'seattle|spokane|tacoma',
  'US-WI': 'milwaukee',
  AE: 'dubai|abu dhabi',
  AU: 'sydney|brisbane|adelaide',
  BR: 'sao paulo|rio de janeiro|belo horizonte|curitiba',
  CA: 'toronto|montreal|calgary|edmonton|winnipeg|mississauga|brampton',
  CN: 'shanghai|beijing|shenzhen|guangzhou',
  CO: 'bogota|medellin|barranquilla',
  CZ: 'prague',
  DE: 'berlin|munich|munchen|hamburg|frankfurt|cologne|koln|stuttgart|dusseldorf|leipzig|dresden',
  DK: 'copenhagen',
  ES: 'madrid|barcelona',
  FR: 'paris|toulouse',
  GB: 'london|edinburgh|glasgow|belfast',
  GE: 'tbilisi|batumi',
  HU: 'budapest',
  ID: 'jakarta|surabaya|bandung',
  IL: 'tel aviv|tel-aviv|haifa|jerusalem|herzliya|petah tikva',
  IN: 'bangalore|bengaluru|hyderabad|pune|mumbai|chennai|new delhi|gurgaon|gurugram|noida|kolkata|ahmedabad',
  JP: 'tokyo|osaka',
  KR: 'seoul',
  MA: 'casablanca|marrakech',
  MX: 'mexico city',
  MY: 'kuala lumpur',
  NL: 'amsterdam|rotterdam',
  NZ: 'auckland',
  PH: 'manila|quezon city|makati',
  PL: 'krakow|wroclaw|gdansk',
  PT: 'lisbon',
  RO: 'bucharest',
  SE: 'stockholm',
  TH: 'bangkok',
  TW: 'taipei',
  VN: 'ho chi minh city|hanoi',
};

/**
 * More cities that boards write with a country code which is a state's code as well: `Waterloo, CA` is not in California. Alone
 * their names may be another place's.
 */
const BESIDE_A_CODE: Record<string, string> = {
  AR: 'buenos aires|cordoba|rosario',
  CA: 'ottawa|halifax|waterloo|kitchener|quebec|markham|saskatoon|vancouver',
  CO: 'cali',
  DE: 'nuremberg|nurnberg|hannover|bremen|walldorf',
  GE: 'kutaisi|rustavi',
  ID: 'bali',
  IN: 'delhi|kochi|coimbatore',
  MA: 'rabat',
  PA: 'panama city|panama',
};

const plain = new Map<string, string>();
const abroad = new Map<string, Set<string>>();
for (const [code, cities] of Object.entries(PLAIN)) {
  for (const city of cities.split('|')) plain.set(city, code);
}
for (const code of [...Object.keys(PLAIN), ...Object.keys(BESIDE_A_CODE)]) {
  abroad.set(code, new Set([PLAIN[code], BESIDE_A_CODE[code]].flatMap(cities => cities?.split('|') ?? [])));
}

/** True when `City, XX` or `XX - City` names a country although XX is a state's code too. Any other one is read the American way. */
export function isAbroad(city: string, code: string): boolean {
  return abroad.get(code)?.has(fold(city)) ?? false;
}

/** `New York City Office`, `San Francisco Bay Area`. */
const OFFICE = / (?:(?:corporate|main|head) )?(?:office|hq|headquarters|bay area|metro(?:politan)?(?: area)?|area)$/i;

/** The city whose name alone says where it is (`Chicago`, `London office`), with where that is, or null. In the US it is in a state. */
export function largeCity(name: string): { city: string; region: string | null; country: string } | null {
  const city = name.replace(OFFICE, '');
  // A state has no office of its own name.
  const code = city !== name && fold(city) === 'new york' ? 'US-NY' : plain.get(fold(city));
  if (!code) return null;
  return code.startsWith('US-') ? { city, region: code.slice(3), country: 'US' } : { city, region: null, country: code };
}
