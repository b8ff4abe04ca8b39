package probe

import "fmt"

// payloadSize is large enough to pass every buffer and window on the way several times.
const payloadSize = 50 << 20

// OutScript prints the payload: no two of its lines are the same, so whatever is lost, doubled or
// out of order changes the digest.
var OutScript = fmt.Sprintf("seq 1 10000000 | head -c %d", payloadSize)
