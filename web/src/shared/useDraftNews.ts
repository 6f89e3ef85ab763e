import { t } from '@lingui/core/macro';
import { useEffect } from 'react';
import { announce } from './announce.ts';
import { readDraft } from './drafts.ts';

/** Who does not see that a field is filled is told: what they typed before is there again. */
export function useDraftNews(name: string) {
  useEffect(() => {
    if (readDraft(name)) announce(t`Draft restored`);
  }, [name]);
}
