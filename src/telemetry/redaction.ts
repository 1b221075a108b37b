/** What stands in the place of something that no log may hold. */
const MARK = '***';

/** Names of query fields, form fields and headers that hold keys, passwords or people. */
const NAMES =
  'app_key|app_id|api_?key|apikey|key|token|access_token|refresh_token|auth|password|passwd|pwd|secret|signature|sig|code|session|sid|jwt|email';

/** Repetitions are bounded where a match could begin anywhere: a line may be as long as somebody's address, and is read while others wait. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // Accounts in addresses: postgres://ombre:password@host. Up to the last @, as people forget to spell those of a password.
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'\\]{1,512}@/gi, `$1${MARK}@`],
  // Fields of a query; in JSON an & may stand as it is.
  [new RegExp(`([?&;](?:${NAMES})(?:=|%3D))[^&;#\\s"'\\\\]+`, 'gi'), `$1${MARK}`],
  // Pages whose address is a secret: whoever has it may change a subscription.
  [/(\/(?:u|manage|subscribe\/confirm)\/)[^/?#\s"'\\]+/g, `$1${MARK}`],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/gi, `$1${MARK}`],
  // Mail addresses, as they are and within addresses of the web.
  [/[^\s<>"'(),;:/\\=&?@*]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/gi, MARK],
];

/**
 * What takes secrets out of a line of the log before it is written: the given values wherever they stand, also as JSON and addresses spell
 * them, and everything that has the form of an account in an address, a key in a query, a secret page or a mail address. JSON stays JSON.
 */
export function redactor(secrets: readonly string[]): (line: string) => string {
  const spelled = secrets.flatMap(secret => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  // The longest first: one may be a part of another.
  const known = [...new Set(spelled)].filter(Boolean).sort((a, b) => b.length - a.length);
  const values = known.length > 0 ? new RegExp(known.map(escaped).join('|'), 'g') : null;
  return line => {
    const without = values ? line.replace(values, MARK) : line;
    return RULES.reduce((text, [pattern, instead]) => text.replace(pattern, instead), without);
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
