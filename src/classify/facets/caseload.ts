import { type Finding, type Reading, spot } from './reading.ts';

const SAYS_SO = [
  /\b(?:carr(?:y|ies|ying)|maintain(?:s|ing)?|manag(?:e|es|ing)|hold(?:s|ing)?|keep(?:s|ing)?|has|have|with|plus|treat(?:s|ing)?|provid\w+|assum\w+)\b[^.;]{0,20}\b(?:a|an|his\/her|their|own|your|limited|small|partial|reduced|modified|light|part-time|clinical|patient|treatment|therapy|active|direct|assigned)\s(?:[\w/-]+\s){0,2}caseload\b/i,
  /\b(?:small|partial|reduced|modified|light|limited|clinical|patient|treatment|therapy|treating|own|personal) caseload\b/i,
  /\bcaseload of (?:about |roughly |approximately |up to |around )?(?:\d|one|two|three|four|five|six|eight|ten)/i,
  /\b\d{1,3}\s?(?:-\s?\d{1,3}\s?)?% (?:of (?:the |your )?(?:time|day|week) )?(?:[\w-]+ ){0,2}(?:treating|treatment|direct (?:patient )?care|patient care|direct care|clinical (?:care|work|treatment|practice)|billable|patient treatment|hands-on|clinical)\b/i,
  /\b(?:provid(?:e|es|ing)|deliver(?:s|ing)?|perform(?:s|ing)?|give[sn]?|giving)\b[^.;]{0,40}\b(?:direct (?:patient |client |hands-on )?care|hands-on (?:patient )?(?:care|treatment)|patient treatments?|direct (?:therapy|treatment)|therapy services? to patients|evaluations? and treatments?)\b/i,
  /\b(?:direct (?:patient )?care|patient care|treating patients|treatment|caseload)\b[^.;%]{0,40}\d{1,2}\s?%/i,
  /\b(?:evaluates and (?:treats|plans)|also evaluates)\b/i,
  /(?<!\bwe )\b(?:also|will|still|may|must|you|who|and|she|he|director|manager) treat(?:s)? (?:\w+ ){0,2}(?:patients|clients|residents|kids|children|people)\b|\btreats:? /i,
  /\b(?:evaluat\w+ and treat\w*|treat\w* and evaluat\w+|cover(?:s|ing)? (?:patient|treatment|clinical) (?:care|schedules?|caseloads?)|treat(?:s|ing)? patients (?:as|when) needed|working (?:manager|director|supervisor)|player[- ]coach who treats|treating (?:director|manager|supervisor|dor))\b/i,
  /\b(?:modif(?:y|ies)|adjusts?|plans?|provides?) (?:the )?treatment\b/i,
  /\b(?:half|a third|a quarter|most|one day|two days|one fifth) (?:of |in |a |per )?(?:your |the |five |each |every )?(?:week|time|day|hours)?\s?(?:is |are |goes to |in )?(?:spent )?(?:direct )?(?:treating|treatment of patients|treatment|patient care)\b|\bday in five is (?:direct )?(?:treat\w+|patient care)\b/i,
  /\bproductivity (?:of|expectation|standard|target|requirement)s?\b[^.;]{0,20}\d/i,
];
const DENIED =
  /\b(?:no|not|never|without|isn['’]t|don['’]t|doesn['’]t|zero|neither|nor|free of|instead of|rather than|out of)\b[^.;]{0,40}\b(?:caseload|treat\w*|patient care|direct care|hands-on)\b|\bnon-?clinical\b/i;
/** A case manager's or recruiter's caseload is of cases, not of treatments. */
const OF_CASES =
  /\b(?:case|care|claims?|members?|files?|referrals?|appeals?|charts?|cases|accounts|students?|participants|caseloads? (?:manager|review))\b/i;
const CASE_TITLE =
  /\b(?:case|care|claims?|disability|navigator|utilization|vocational|recruit\w*|coordinator of care|liaison|counselor|social work\w*)\b/i;
const STAFF =
  /\b(?:staff|team|therapists|assistants|clinicians|employees|supervis\w+|oversee\w*|their caseloads|colleagues|caseload management|assign\w*|experience|years?|background)\b/i;
const QUIET = new Set(['about', 'eeo', 'benefits', 'pay', 'preferred']);

/**
 * Whether the holder of the job also treats patients. It says so of treating jobs too: the door of the classifier keeps it for
 * nonclinical postings only.
 */
export function readCaseload(reading: Reading): Finding<boolean> {
  const cases = CASE_TITLE.test(reading.title?.text ?? '');
  for (const piece of reading.about('caseload')) {
    if (QUIET.has(piece.section) || DENIED.test(piece.text)) continue;
    for (const pattern of SAYS_SO) {
      const found = spot(piece, pattern);
      if (!found) continue;
      const speaksOfCases =
        /caseload/i.test(found.text) && !/treat|clinical|patient|therapy/i.test(found.text) && (cases || OF_CASES.test(found.text));
      if (speaksOfCases || (piece.section === 'requirements' && STAFF.test(piece.text)) || /\b(?:staff|team|their)\b/i.test(found.text))
        continue;
      return { value: true, evidence: [found] };
    }
  }
  return { value: false, evidence: [] };
}
