/** Words of work mode and of vagueness in a place: they say how or that it is open, never where. */

const MODE =
  /(?:\b(?:fully |100% )?(?:remote(?:ly)?|hybrid|telecommut(?:e|ing)|telework|virtual|work(?:ing)? ?(?:from|at|@) ?home|wfh|home[- ]based|on-?site|in[- ]office|in[- ]person)\b)(?: (?:position|role|job|work(?:er)?|employees?|eligible|based|locations?|residence|only|first|option|opportunity)\b)*(?: (?:in|within|from)\b)?/gi;
const LEAD = /\b(?:must |to )?(?:reside|live|be located|be based|located|based)(?: (?:in|within)\b)/gi;
/** `Multiple locations`, `anywhere in the`, `Any city`, `Various`. */
const VAGUE =
  /^(?:(?:(?:\d+|multiple|various|several|all|many|any|other) ?)?(?:locations?|cit(?:y|ies)|states?|sites?|territor(?:y|ies))|(?:nation|world)wide|any ?where|global|n\/?a|tbd|various|multiple|open)(?: (?:in|within|across|of))?(?: the)?$/i;
const FILLER = /^(?:or|and|only|in|within|the|of)$/;

/** Takes out what speaks of the way of working: `Remote - Texas` is about Texas, and `Remote OR Hybrid` not about Oregon. */
export function withoutMode(words: string): string {
  return words
    .replace(MODE, ' , ')
    .replace(LEAD, ' , ')
    .replace(/,\s+(?:OR|AND)\s+,/g, ',');
}

/** The words of work mode as they stand in a place (`Remote` of `Remote in CA, NY`), or null. */
export function modeWords(words: string): string | null {
  const found = words.match(MODE)?.[0];
  return found?.replace(/ (?:in|within|from)$/i, '') ?? null;
}

/** True when words say nothing of where: `Any city`, `Multiple locations`, `anywhere in the`. */
export function isVague(words: string): boolean {
  return VAGUE.test(words) || FILLER.test(words);
}

/** True when a place is a way of working and nothing else: `Remote`, `Hybrid`. */
export function isOnlyMode(words: string): boolean {
  const rest = withoutMode(words);
  return rest !== words && rest.split(/[\s,()/-]+/).every(word => word === '' || isVague(word));
}
