import { useLingui } from '@lingui/react';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { getMeOptions } from '#api/generated/@tanstack/react-query.gen.ts';
import { setDraftOwner } from '#shared/drafts.ts';
import { followLanguage } from '../language.ts';
import { MeContext } from '../me.ts';
import { NotLoadedPage } from '../pages/NotLoadedPage.tsx';
import { SignInPage } from '../pages/SignInPage.tsx';
import { openConsoleOutbox } from '../sending.ts';
import { useIsSignedOut } from '../signed-out.ts';
import { Toaster } from '../ui/Toaster.tsx';

/** Shows the console to a team member. When the session ends, the sign-in covers it, and nothing is lost. */
export function SignedInOnly({ children }: { children: ReactNode }) {
  const { data: me, error, errorUpdateCount, refetch } = useQuery(getMeOptions());
  const isSignedOut = useIsSignedOut();
  const { i18n } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const staffId = me?.staff_id;
  const isNotLoaded = !me && errorUpdateCount > 0 && !isSignedOut; // the count stays while it is tried again

  useEffect(() => {
    if (staffId === undefined) return;
    setDraftOwner(`staff.${staffId}`);
    void openConsoleOutbox(staffId).then(() => setOpen(true));
  }, [staffId]);

  useEffect(() => {
    if (me) void followLanguage(me);
  }, [me]);

  return (
    <MeContext value={me}>
      {/* In another language everything is drawn anew. Nothing is lost: it lives in the address, the cache and drafts. */}
      <Fragment key={i18n.locale}>
        {isOpen && children}
        {isNotLoaded && <NotLoadedPage error={error} onRetry={() => void refetch()} />}
        <Toaster />
      </Fragment>
      {isSignedOut && <SignInPage before={me} />}
    </MeContext>
  );
}
