/** A Link header (RFC 8288) of the relations that have a target. */
export function linkHeader(links: Record<string, string | null>): string {
  return Object.entries(links)
    .filter(([, url]) => url !== null)
    .map(([rel, url]) => `<${url}>; rel="${rel}"`)
    .join(', ');
}
