/** What stands in the place of something that no log may hold. */
const MARK = '***';

/** Names of query fields, form fields and headers that hold keys, passwords or people. */
const NAMES =
  'app_key|app_id|api_?key|apikey|key|token|access_token|refresh_token|auth|password|passwd|pwd|secret|signature|sig|code|session|sid|jwt|email';

/** What is taken out, and signs without which there is nothing to look for: most lines have none of them, and each costs time in every one. */
type Rule = { signs: readonly string[]; pattern: RegExp; instead: string };

/** Repetitions are bounded where a match could begin anywhere: a line may be as long as somebody's address, and is read while others wait. */
const RULES: readonly Rule[] = [
  // Accounts in addresses: postgres://ombre:password@host. Up to the last @, as people forget to spell those of a password.
  { signs: ['@'], pattern: /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'\\]{1,512}@/gi, instead: `$1${MARK}@` },
  // Fields of a query; in JSON an & may stand as it is.
  { signs: ['=', '%3D', '%3d'], pattern: new RegExp(`([?&;](?:${NAMES})(?:=|%3D))[^&;#\\s"'\\\\]+`, 'gi'), instead: `$1${MARK}` },
  // Pages whose address is a secret: whoever has it may change a subscription.
  { signs: ['/u/', '/manage/', '/confirm/'], pattern: /(\/(?:u|manage|subscribe\/confirm)\/)[^/?#\s"'\\]+/g, instead: `$1${MARK}` },
  { signs: ['earer', 'EARER', 'asic', 'ASIC'], pattern: /\b((?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/gi, instead: `$1${MARK}` },
  // Mail addresses, as they are and within addresses of the web.
  { signs: ['@', '%40'], pattern: /[^\s<>"'(),;:/\\=&?@*]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/gi, instead: MARK },
];

/**
 * What takes secrets out of a line of the log before it is written: the given values wherever they stand, also as JSON and addresses spell
 * them, and everything that has the form of an account in an address, a key in a query, a secret page or a mail address. JSON stays JSON.
 */
export function redactor(secrets: readonly string[]): (line: string) => string {
  const spelled = secrets.flatMap(secret => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  // The longest first: one may be a part of another.
  const known = [...new Set(spelled)].filter(Boolean).sort((a, b) => b.length - a.length);
  return line => {
    let left = line;
    for (const value of known) if (left.includes(value)) left = left.replaceAll(value, MARK);
    for (const { signs, pattern, instead } of RULES) if (signs.some(sign => left.includes(sign))) left = left.replace(pattern, instead);
    return left;
  };
}
