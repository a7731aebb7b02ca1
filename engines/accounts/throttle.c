/* throttle.c: wrong passwords cost time, and only the one who guesses pays it: delays count per source and login, so nobody
 * can lock somebody else out by failing on purpose from elsewhere.
 */
#include "engines/accounts/accounts_internal.h"

int64_t sign_in_wait_us(int64_t failures, struct instant last, struct instant now)
{
    if (failures < FAILURES_FREE)
        return 0;
    int64_t doublings = failures - FAILURES_FREE;
    int64_t delay = (doublings > 8 ? INT64_C(300) : INT64_C(1) << doublings) * US_PER_SECOND;
    int64_t until = last.us + delay;
    return until > now.us ? until - now.us : 0;
}
