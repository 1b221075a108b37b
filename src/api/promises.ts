/** What programs may rely on, for the reference and the OpenAPI document. */
export const API_PROMISES: readonly string[] = [
  'Within v1, members, parameters and codes are only added, so ignore those you do not know; what is removed or renamed gets a new version, and v1 stays for at least twelve months beside it.',
  'Ids never change, and are the same in the API, in every feed and on the pages.',
  'Any website may read all of it from a browser (CORS): no cookie, no login.',
];
