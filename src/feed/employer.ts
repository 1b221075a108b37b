/** Escaped letters count, too: routers and mail programs cut long addresses. */
const MOST = 120;

/** The address of an employer by its name: `Smith & Jones, Inc.` is `smith-jones-inc`. Empty for a name without a letter or digit. */
export function employerSlug(name: string): string {
  const words = name
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  let slug = words.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  while (encodeURIComponent(slug).length > MOST) slug = [...slug].slice(0, -1).join('').replace(/-$/, '');
  return slug;
}

/** The page of an employer; null for a name that no address can be made of. */
export function employerAddress(name: string): string | null {
  const slug = employerSlug(name);
  return slug === '' ? null : `/employers/${encodeURIComponent(slug)}`;
}
