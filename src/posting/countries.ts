/** ISO 3166-1 alpha-2, as of 2024. */
const CODES =
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL
CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG
MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE
VG VI VN VU WF WS YE YT ZA ZM ZW`.split(/\s+/);

const OTHER_NAMES: Record<string, string> = {
  usa: 'US',
  'u s': 'US',
  'u s a': 'US',
  'united states of america': 'US',
  'united states (usa)': 'US',
  uk: 'GB',
  'u k': 'GB',
  gbr: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  can: 'CA',
  deu: 'DE',
  fra: 'FR',
  ind: 'IN',
  aus: 'AU',
  irl: 'IE',
  mex: 'MX',
  phl: 'PH',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  uae: 'AE',
  'south korea': 'KR',
  'hong kong': 'HK',
  turkey: 'TR',
  'republic of ireland': 'IE',
};

const byName = new Map<string, string>(Object.entries(OTHER_NAMES));
const english = new Intl.DisplayNames('en', { type: 'region' });
for (const code of CODES) byName.set(fold(english.of(code) ?? code), code);

const codes = new Set(CODES);

function fold(words: string): string {
  return words
    .replace(/[.\s]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The ISO 3166-1 alpha-2 code of a country's name or code (`United Kingdom`, `U.S.A.`, `DE`); two letters count only in upper case. Else null. */
export function countryOf(words: string): string | null {
  const bare = words.trim();
  if (codes.has(bare)) return bare;
  return byName.get(fold(bare)) ?? null;
}

/**
 * Large cities that boards write with a country code which is a state's code as well: `Berlin, DE` is not in Delaware.
 * Any other `City, XX` is read the American way.
 */
const ABROAD: Record<string, string> = {
  AR: 'buenos aires|cordoba|córdoba|rosario',
  CA: 'toronto|montreal|montréal|calgary|ottawa|edmonton|winnipeg|mississauga|halifax|waterloo|kitchener|quebec|québec|brampton|markham|saskatoon',
  CO: 'bogota|bogotá|medellin|medellín|cali|barranquilla',
  DE: 'berlin|munich|münchen|hamburg|frankfurt|cologne|köln|stuttgart|dusseldorf|düsseldorf|leipzig|dresden|nuremberg|nürnberg|hannover|bremen|walldorf',
  ID: 'jakarta|surabaya|bandung|bali',
  IL: 'tel aviv|tel-aviv|haifa|jerusalem|herzliya|petah tikva',
  IN: 'bangalore|bengaluru|hyderabad|pune|mumbai|chennai|delhi|new delhi|gurgaon|gurugram|noida|kolkata|ahmedabad|kochi|coimbatore',
  MA: 'casablanca|rabat|marrakech',
  PA: 'panama city|panama',
};
const abroad = new Map(Object.entries(ABROAD).map(([code, cities]) => [code, new Set(cities.split('|'))]));

/** True when `City, XX` names a country although XX is a state's code too. */
export function isAbroad(city: string, code: string): boolean {
  return abroad.get(code)?.has(city.trim().toLowerCase()) ?? false;
}
