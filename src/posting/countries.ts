import { fold } from './fold.ts';

/** ISO 3166-1, as of 2024: the two letters of each country, followed by its three. */
const CODES = `
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA
BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG
CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU
EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL
GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD
IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG
MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL
NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU
RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV
SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA
UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE`
  .trim()
  .split(/\s+/)
  .map(row => [row.slice(0, 2), row.slice(2)] as const);

const OTHER_NAMES: Record<string, string> = {
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
  usa: 'US',
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
const byCode = new Map<string, string>();
const english = new Intl.DisplayNames('en', { type: 'region' });
for (const [code, three] of CODES) {
  byCode.set(code, code);
  // `Remote - EST` is a time zone.
  if (three !== 'EST') byCode.set(three, code);
  // `Germany`, and `Deutschland` as the country's own language has it.
  const own = new Intl.DisplayNames(new Intl.Locale(`und-${code}`).maximize().language, { type: 'region' });
  for (const name of [english.of(code), own.of(code)]) if (name && !byName.has(fold(name))) byName.set(fold(name), code);
}

/**
 * The ISO 3166-1 alpha-2 code of a country's name or code (`United Kingdom`, `U.S.A.`, `Deutschland`, `DE`, `DEU`); its codes count only in
 * upper case. Else null.
 */
export function countryOf(words: string): string | null {
  return byCode.get(words.trim()) ?? byName.get(fold(words)) ?? null;
}

/** Whether these are the two letters of a country in ISO 3166-1, in upper case. */
export function isCountryCode(code: string): boolean {
  return code.length === 2 && byCode.get(code) === code;
}
