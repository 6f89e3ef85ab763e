import { lazy, Suspense } from 'react';
import { useTagged } from './open.ts';

const TagDialog = lazy(() => import('./TagDialog.tsx'));

/** The dialog of tags, for one ticket or for many; its code is loaded with it. */
export function LazyTags() {
  const tickets = useTagged();
  return <Suspense>{tickets && <TagDialog tickets={tickets} />}</Suspense>;
}
