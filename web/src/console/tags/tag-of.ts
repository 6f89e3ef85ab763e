/** As the server stores them: lower case. A comma would separate two tags in a filter. */
export const MAX_TAG = 50;

export const tagOf = (text: string) => text.replaceAll(',', ' ').replaceAll(/\s+/g, ' ').trim().toLowerCase();
