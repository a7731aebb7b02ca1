#include "platform/db/test/store.h"

int main(void)
{
    return db_tests(DB_POSTGRES);
}
