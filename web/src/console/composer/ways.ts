/** What happens to the ticket with a reply, and which of it the member does by default. */
import { preferences, savePreferences, usePreferences } from '../preferences.ts';

export type Way = 'wait' | 'resolve' | 'next';

const KEY = 'composer.send';
const wayOf = (value: unknown): Way => (value === 'resolve' || value === 'next' ? value : 'wait');

export const useWay = (): Way => wayOf(usePreferences()[KEY]);
export const preferredWay = (): Way => wayOf(preferences()[KEY]);
export const chooseWay = (way: Way) => void savePreferences({ [KEY]: way });
