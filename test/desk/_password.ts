export const PASSWORD = 'correct horse battery';
/** Its hash at the least cost that is taken. */
export const PASSWORD_HASH = 'scrypt:16384:8:1:MDEyMzQ1Njc4OWFiY2RlZg:ebnHHTApWa0oNoXTYCCHxLXDaejcvcTRQhZaD1OJNCE';
