# An interface for the tests of the RPC layer, with what the control interface does not need:
# capabilities as parameters and in results.

@0xb2f4a3ce08d1a6f5;

interface Sample @0x9c1de48b2a1f7730 {
  # Gives back what it gets, times over.
  echo @0 (request :EchoRequest) -> (response :EchoResponse);

  # Makes a counter.
  open @1 (request :OpenRequest) -> (response :OpenResponse);

  # Calls the given counter, and answers when that has answered.
  relay @2 (request :RelayRequest) -> (response :NextResponse);

  # Answers when told to by a later call with the same key; or never.
  wait @3 (request :WaitRequest) -> (response :WaitResponse);
  wake @4 (request :WaitRequest) -> (response :WaitResponse);

  # Fails.
  fail @5 (request :WaitRequest) -> (response :WaitResponse);

  struct EchoRequest {
    data @0 :Data;
    times @1 :UInt32 = 1;
    texts @2 :List(Text);
  }

  struct EchoResponse {
    data @0 :List(Data);
    texts @1 :List(Text);
  }

  struct OpenRequest {
    start @0 :UInt32;
  }

  struct OpenResponse {
    other @0 :Text;
    counter @1 :Counter;
  }

  struct RelayRequest {
    counter @0 :Counter;
  }

  struct NextRequest {
    step @0 :UInt32 = 1;
  }

  struct NextResponse {
    value @0 :UInt32;
  }

  struct WaitRequest {
    key @0 :Text;
  }

  struct WaitResponse {
    key @0 :Text;
  }

  interface Counter @0xd7a6e2f5c3b48191 {
    next @0 (request :NextRequest) -> (response :NextResponse);
  }
}
