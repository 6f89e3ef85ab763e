import { lazy, Suspense, useEffect } from 'react';
import { importPart } from '#shared/import-part.ts';
import { useIsPaletteOpen } from './open.ts';

const load = () => importPart(() => import('./Palette.tsx'));
const Palette = lazy(async () => ({ default: (await load()).Palette }));

/** The palette’s code comes when the page has nothing else to do, so that it opens at once. */
export function LazyPalette() {
  const isOpen = useIsPaletteOpen();
  useEffect(() => {
    const timer = setTimeout(() => void load(), 1500);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense>{isOpen && <Palette />}</Suspense>;
}
