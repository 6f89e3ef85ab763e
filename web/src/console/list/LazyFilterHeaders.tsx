import { lazy } from 'react';
import { importPart } from '#shared/import-part.ts';

const load = () => importPart(() => import('./filter-headers.ts'));
setTimeout(() => void load(), 1500); // before somebody searches

/** Their code is not needed for the first list. */
export const SearchHeader = lazy(async () => ({ default: (await load()).SearchHeader }));
export const EditViewHeader = lazy(async () => ({ default: (await load()).EditViewHeader }));
