import { lazy, Suspense } from 'react';
import { importPart } from '#shared/import-part.ts';
import { useTagged } from './open.ts';

const TagDialog = lazy(() => importPart(() => import('./TagDialog.tsx')));

/** The dialog of tags, for one ticket or for many; its code is loaded with it. */
export function LazyTags() {
  const tickets = useTagged();
  return <Suspense>{tickets && <TagDialog tickets={tickets} />}</Suspense>;
}
