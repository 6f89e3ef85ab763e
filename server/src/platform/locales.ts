/** The languages of the product, and a name in each of them. */
export type Locale = 'en' | 'ru';
export type LocalizedName = { en: string; ru: string };
