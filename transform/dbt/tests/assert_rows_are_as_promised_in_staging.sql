{{ promises_of_layer('staging') }}
