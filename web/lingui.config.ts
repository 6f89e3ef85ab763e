/** Messages of each face with its translations. `npm run messages` writes new ones into the catalogs. */
import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

const catalog = (face: string) => ({
  path: `<rootDir>/src/locales/${face}/{locale}`,
  include: [`<rootDir>/src/${face}`, '<rootDir>/src/shared', '<rootDir>/src/api'],
});

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'ru'],
  catalogs: [catalog('console'), catalog('portal')],
  orderBy: 'message',
  format: formatter({ origins: false }),
});
