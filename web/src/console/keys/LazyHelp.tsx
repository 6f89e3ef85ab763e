import { lazy, Suspense } from 'react';
import { importPart } from '#shared/import-part.ts';
import { useIsHelpOpen } from './help.ts';

const HelpDialog = lazy(() => importPart(() => import('./HelpDialog.tsx')));

/** The help of the keys; its code is loaded with it. */
export function LazyHelp() {
  const isOpen = useIsHelpOpen();
  return <Suspense>{isOpen && <HelpDialog />}</Suspense>;
}
