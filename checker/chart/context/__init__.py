"""What the words around a mention make of it (ConText): absent, possible, planned, past, done, failed …"""
