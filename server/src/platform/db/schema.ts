/** Languages of the product, and a name in each of them. */
export type Locale = 'en' | 'ru';
export type LocalName = { en: string; ru: string };
