/** The characters Windows-1252 has at 0x80 to 0x9F, by their code points. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const RUN = new RegExp(`[\\u00C2-\\u00F4](?:[\\u0080-\\u00BF]|[${WINDOWS_1252}])+`, 'g');

/** Text whose UTF-8 was once read as Latin-1 or Windows-1252 (`Â£45,500`, `weâ€™re`), put right. Runs that are no UTF-8 stay as they are. */
export function unmangle(text: string): string {
  return text.replace(RUN, run => {
    const bytes = Uint8Array.from(run, char => (WINDOWS_1252.includes(char) ? 0x80 + WINDOWS_1252.indexOf(char) : char.charCodeAt(0)));
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      // Not mangled: these letters stand there on purpose.
      return run;
    }
  });
}
